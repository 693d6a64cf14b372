"""What posters of calls add to them, in languages that calls themselves have no words
of (`calls/words.py` has the others)."""

from typing import Final

NAMES: Final = (
    *("call", "asks", "demands", "off", "attend", "strike", "dont-shop"),
    *("stay-home", "pledge", "display", "donate", "contact", "share", "other"),
)
_WORDS: Final = {
    "ar": (
        *("دعوة إلى التحرك", "ما نطلبه منكم", "مطالبنا", "أُلغي", "احضروا", "أضربوا"),
        *("لا تتسوقوا", "لا تذهبوا إلى المدرسة", "تعهدوا", "علّقوا", "تبرعوا"),
        *("اكتبوا أو اتصلوا", "شاركوا", "كذلك"),
    ),
    "de": (
        *("Aufruf", "Worum wir bitten", "Was wir fordern", "Abgesagt", "Kommt"),
        *("Streikt", "Kauft nichts", "Bleibt der Schule fern", "Versprecht es"),
        *("Hängt es auf", "Spendet", "Schreibt oder ruft an", "Sagt es weiter"),
        "Außerdem",
    ),
    "el": (
        *("Κάλεσμα", "Τι ζητάμε από εσάς", "Τι διεκδικούμε", "Ματαιώθηκε", "Ελάτε"),
        *("Απεργήστε", "Μην ψωνίσετε", "Μείνετε σπίτι από το σχολείο"),
        *("Δεσμευτείτε", "Αναρτήστε", "Δωρίστε", "Γράψτε ή τηλεφωνήστε"),
        *("Διαδώστε", "Επίσης"),
    ),
    "fa": (
        *("فراخوان", "از شما می‌خواهیم", "خواسته‌های ما", "لغو شد", "بیایید"),
        *("اعتصاب کنید", "خرید نکنید", "به مدرسه نروید", "متعهد شوید"),
        *("نصب کنید", "کمک مالی کنید", "بنویسید یا زنگ بزنید", "پخش کنید", "همچنین"),
    ),
    "fr": (
        *("Appel", "Ce que nous demandons", "Ce que nous exigeons", "Annulé"),
        *("Venez", "Faites grève", "N’achetez rien", "N’allez pas à l’école"),
        *("Engagez-vous", "Affichez", "Donnez", "Écrivez ou appelez"),
        *("Partagez", "Aussi"),
    ),
    "hi": (
        *("आह्वान", "हम आपसे चाहते हैं", "हमारी माँगें", "रद्द", "आइए", "हड़ताल करें"),
        *("ख़रीदारी न करें", "स्कूल न जाएँ", "वचन दें", "लगाएँ", "दान दें"),
        *("लिखें या फ़ोन करें", "आगे बताएँ", "साथ ही"),
    ),
    "it": (
        *("Appello", "Che cosa chiediamo", "Che cosa rivendichiamo", "Annullato"),
        *("Venite", "Scioperate", "Non comprate", "Non andate a scuola"),
        *("Impegnatevi", "Esponete", "Donate", "Scrivete o chiamate"),
        *("Condividete", "Inoltre"),
    ),
    "ja": (
        *("呼びかけ", "お願いすること", "私たちの要求", "中止", "参加", "ストライキ"),
        *("買い物をしない", "学校を休む", "約束する", "掲げる", "寄付"),
        *("手紙か電話", "広める", "ほかに"),
    ),
    "ko": (
        *("행동 호소", "함께해 주세요", "우리의 요구", "취소됨", "참여", "파업"),
        *("사지 않기", "등교하지 않기", "약속", "내걸기", "기부"),
        *("편지나 전화", "알리기", "그 밖에"),
    ),
    "pt": (
        *("Convocatória", "O que pedimos", "O que exigimos", "Cancelado", "Venha"),
        *("Faça greve", "Não compre", "Não vá à escola", "Comprometa-se", "Exiba"),
        *("Doe", "Escreva ou telefone", "Partilhe", "Também"),
    ),
    "ru": (
        *("Призыв", "О чём мы просим", "Чего мы требуем", "Отменено", "Приходите"),
        *("Бастуйте", "Не покупайте", "Не ходите в школу", "Пообещайте"),
        *("Вывесите", "Пожертвуйте", "Пишите или звоните", "Расскажите", "А также"),
    ),
    "uk": (
        *("Заклик", "Про що ми просимо", "Чого ми вимагаємо", "Скасовано"),
        *("Приходьте", "Страйкуйте", "Не купуйте", "Не йдіть до школи"),
        *("Пообіцяйте", "Вивісьте", "Пожертвуйте", "Пишіть або телефонуйте"),
        *("Розкажіть", "А також"),
    ),
    "zh": (
        *("行动呼吁", "请您", "我们的要求", "已取消", "到场", "罢工", "不购物"),
        *("不上学", "承诺", "张贴", "捐款", "写信或致电", "转告", "此外"),
    ),
    "zh-hant": (
        *("行動呼籲", "請您", "我們的要求", "已取消", "到場", "罷工", "不購物"),
        *("不上學", "承諾", "張貼", "捐款", "寫信或致電", "轉告", "此外"),
    ),
}


def words_of_calls(language: str) -> dict[str, str]:
    """Empty for a language that has none here."""
    base = language.partition("-")[0]
    found = _WORDS.get(language.lower(), _WORDS.get(base))
    return dict(zip(NAMES, found, strict=True)) if found else {}
