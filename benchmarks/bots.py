"""A flood: submissions of bots as fast as they are answered, from many addresses, over as
many connections.

Most send to the API without a proof of work, some have solved one before, some go
through the form. Prints JSON: how often each answer came, how long it took.

    python -m benchmarks.bots PORT SUBMISSIONS ADDRESSES SOLVED
"""

import itertools
import json
import random
import sys
import threading
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlencode

import altcha
from benchmarks.labelled import SPAM

FORM_SHARE = 0.2
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def main() -> None:
    port, submissions, addresses, solved = (int(word) for word in sys.argv[1:])
    proofs = iter(solve(port, solved))
    print("ready", flush=True)
    sys.stdin.readline()
    numbers, answers = iter(range(submissions)), Counter()
    lock = threading.Lock()

    def work() -> None:
        bot = Bot(port)
        while True:
            with lock:
                number = next(numbers, None)
                # Spread over the flood.
                proof = next(proofs, "") if number and number % 50 == 0 else ""
            if number is None:
                return
            said = bot.submit(
                number, f"203.0.{number % addresses // 100}.{number % 100}", proof
            )
            with lock:
                answers[said] += 1

    begun = time.perf_counter()
    threads = [threading.Thread(target=work) for _ in range(addresses)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - begun
    print(json.dumps({"answers": answers, "seconds": seconds}))


class Bot:
    def __init__(self, port: int) -> None:
        self.port = port
        self.connection = HTTPConnection("127.0.0.1", port, timeout=60)

    def submit(self, number: int, address: str, proof: str) -> str:
        chance = random.Random(number)
        family = chance.choice(list(SPAM))
        title, body = SPAM[family][0](chance)
        headers = {"X-Forwarded-For": address}
        try:
            if not proof and chance.random() < FORM_SHARE:
                return self._form(f"{title} {number}", body, headers)
            sent = json.dumps({"title": f"{title} {number}", "body": body})
            headers |= {"Content-Type": "application/json"}
            if proof:
                headers["Altcha"] = proof
            status, _place = self._post("/api/v1/posts", sent, headers)
        except (OSError, HTTPException) as error:
            self.connection.close()
            return type(error).__name__
        return f"API{', worked' if proof else ''}: {status}"

    def _form(self, title: str, body: str, headers: dict[str, str]) -> str:
        fields = {"kind": "report", "title": title, "body": body}
        status, place = self._post("/publish/", urlencode(fields), headers | FORM)
        if status != 303:
            return f"form: {status}"
        fields["do"] = "publish"
        status, place = self._post(place, urlencode(fields), headers | FORM)
        waits = "/wait/" in place
        return f"form, then publish: {'waiting room' if waits else status}"

    def _post(self, path: str, body: str, headers: dict[str, str]) -> tuple[int, str]:
        self.connection.request("POST", path, body.encode(), headers)
        answer = self.connection.getresponse()
        answer.read()
        return answer.status, answer.headers.get("Location") or ""


def solve(port: int, number: int) -> list[str]:
    """So many proofs of work, done before anything is measured."""
    challenges = []
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    for place in range(number):
        address = {"X-Forwarded-For": f"203.1.{place // 100}.{place % 100}"}
        connection.request("GET", "/api/v1/challenge", headers=address)
        challenges.append(connection.getresponse().read().decode())
    with ProcessPoolExecutor(2) as pool:
        return list(itertools.chain(pool.map(_solve, challenges)))


def _solve(challenge: str) -> str:
    found = altcha.Challenge.from_dict(json.loads(challenge))
    return altcha.Payload(found, altcha.solve_challenge(found)).to_base64()


if __name__ == "__main__":
    main()
