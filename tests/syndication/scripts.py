"""A headline and a line in each of the six scripts that PDFs are set in."""

from typing import NamedTuple


class Script(NamedTuple):
    name: str
    language: str
    headline: str
    line: str


SCRIPTS = [
    Script("latin", "es", "Las conductoras votan por la huelga", "¿Quién paga el año próximo? Nueve de cada diez dicen sí."),
    Script("cyrillic", "ru", "Водители голосуют за забастовку", "Девять из десяти сказали «да»: работа встанет в понедельник."),
    Script("greek", "el", "Οι οδηγοί ψηφίζουν υπέρ της απεργίας", "Εννέα στους δέκα είπαν ναι, από τη Δευτέρα."),
    Script("arabic", "ar", "السائقون يصوتون لصالح الإضراب", "قال تسعة من كل عشرة نعم، ويبدأ الإضراب يوم الاثنين."),
    Script("devanagari", "hi", "चालकों ने हड़ताल के लिए मतदान किया", "दस में से नौ ने हाँ कहा; काम सोमवार को रुकेगा।"),
    Script("cjk", "zh-hans", "司机投票决定罢工", "十人中有九人赞成，星期一起停工。"),
    Script("cjk", "ja", "運転手らがストライキを決議", "十人に九人が賛成し、月曜日から止まる。"),
    Script("cjk", "ko", "운전사들이 파업을 결의했다", "열 명 중 아홉 명이 찬성했다."),
    Script("cjk", "zh-hant", "司機投票決定罷工", "十人中有九人贊成，星期一起停工。"),
]  # fmt: skip
