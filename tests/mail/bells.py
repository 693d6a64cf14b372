"""Something to be confirmed: a bell that rings once."""

from commonwire.mail.confirmations import Done, Question

rung = []
taken_back = set()


class Bell:
    def question(self, about):
        if about in taken_back:
            return None
        return Question("Ring it?", "The bell of the hall.", "Ring", "/bells/")

    def confirm(self, about):
        rung.append(about)
        return Done("It has rung.", "/bells/")
