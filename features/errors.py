"""The errors that a person can act on."""


class KizukiError(Exception):
    """A problem in what was given, told in one line that names the place and what to do.

    The command line prints the message without a traceback and exits with code 2, so the message
    holds no values of case data.
    """
