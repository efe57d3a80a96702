"""What a command cannot do."""


class CommandError(Exception):
    """What the command cannot do, in words for the person who typed it."""


def quoted(path: str) -> str:
    """Quote a path for a shell when it needs that.

    >>> quoted("/home/ada/my course/bin/python")
    '"/home/ada/my course/bin/python"'
    """
    return f'"{path}"' if " " in path else path
