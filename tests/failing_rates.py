"""Learning rates that another process can import, and that stop it there."""

import os


def raising(step):
    if step == 2:
        raise ArithmeticError("no rate for step 2")
    return 0.1


def killing(step):
    if step == 2:
        os._exit(3)
    return 0.1
