"""The few words that a poster adds to what its post says, in the post's language."""

from typing import Final

NAMES: Final = ("report", "release", "scan", "more", "event", "cancelled")
_WORDS: Final = {
    "ar": ("تقرير", "بيان صحفي", "اقرأ وشارك", "والمزيد: %s", "فعالية", "أُلغيت"),
    "de": (
        "Bericht",
        "Pressemitteilung",
        "Lesen und weitersagen",
        "und %s mehr",
        "Veranstaltung",
        "Abgesagt",
    ),
    "el": (
        "Ρεπορτάζ",
        "Δελτίο Τύπου",
        "Διαβάστε και διαδώστε",
        "και %s ακόμη",
        "Εκδήλωση",
        "Ακυρώθηκε",
    ),
    "en": (
        "Report",
        "Press release",
        "Read it, pass it on",
        "and %s more",
        "Event",
        "Cancelled",
    ),
    "es": (
        "Noticia",
        "Nota de prensa",
        "Lee y comparte",
        "y %s más",
        "Evento",
        "Cancelado",
    ),
    "fa": (
        "گزارش",
        "بیانیه مطبوعاتی",
        "بخوانید و پخش کنید",
        "و %s مورد دیگر",
        "رویداد",
        "لغو شد",
    ),
    "fr": (
        "Reportage",
        "Communiqué de presse",
        "À lire et à partager",
        "et %s de plus",
        "Événement",
        "Annulé",
    ),
    "hi": ("रिपोर्ट", "प्रेस विज्ञप्ति", "पढ़ें और आगे बताएँ", "और %s", "कार्यक्रम", "रद्द"),
    "it": (
        "Notizia",
        "Comunicato stampa",
        "Leggi e condividi",
        "e altri %s",
        "Evento",
        "Annullato",
    ),
    "ja": (
        "報告",
        "プレスリリース",
        "読んで広めてください",
        "ほか%s件",
        "催し",
        "中止",
    ),
    "ko": ("보도", "보도 자료", "읽고 널리 알려 주세요", "외 %s건", "행사", "취소됨"),
    "pt": (
        "Notícia",
        "Comunicado de imprensa",
        "Leia e partilhe",
        "e mais %s",
        "Evento",
        "Cancelado",
    ),
    "ru": (
        "Сообщение",
        "Пресс-релиз",
        "Прочтите и расскажите",
        "и ещё %s",
        "Событие",
        "Отменено",
    ),
    "uk": (
        "Повідомлення",
        "Пресреліз",
        "Прочитайте й розкажіть",
        "і ще %s",
        "Подія",
        "Скасовано",
    ),
    "zh": ("报道", "新闻稿", "阅读并转告", "另有%s项", "活动", "已取消"),
    "zh-hant": ("報導", "新聞稿", "閱讀並轉告", "另有%s項", "活動", "已取消"),
}


def words(language: str) -> dict[str, str]:
    base = language.partition("-")[0]
    found = _WORDS.get(language.lower(), _WORDS.get(base, _WORDS["en"]))
    return dict(zip(NAMES, found, strict=True))
