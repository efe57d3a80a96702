"""What a check says of functions that never end: a line each. Run in several Pythons."""

from microgradwidgets import Value, check
from microgradwidgets.teaching.budget import outcome_of


def on_one_line(x):
    while True: pass  # fmt: skip  # noqa: E701


def swallowing(x):
    while True:
        try:  # noqa: SIM105
            pass
        except:  # noqa: E722
            pass


def swallowing_around_a_loop(x):
    while True:
        try:
            while True:
                pass
        except BaseException:
            pass
        finally:
            pass


def in_a_generator(x):
    return sum(x for x in iter(int, 1))


def in_a_method(x):
    class Endless:
        def __float__(self):
            while True:
                pass

    return Value(Endless())


def calling_itself(x):
    return calling_itself(x)


ENDLESS = (on_one_line, swallowing, swallowing_around_a_loop, in_a_generator, in_a_method)

if __name__ == "__main__":
    for endless in (*ENDLESS, calling_itself):
        print(check("02.4", endless))  # noqa: T201
    print(outcome_of(lambda: 3).result)  # noqa: T201
