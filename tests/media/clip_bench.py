"""A workbench that makes clips and recordings, as the dispatcher does."""

from commonwire.media import containers, sound, video, workbench
from commonwire.media.exchange import Options

workbench.MEMORY = 4 * 1024**3


def make(*, upload, into):
    maker = video if containers.look(upload).kind == "video" else sound
    return maker.make(upload=upload, into=into, options=Options(), say=lambda _: None)


if __name__ == "__main__":
    workbench.main(make, 30)
