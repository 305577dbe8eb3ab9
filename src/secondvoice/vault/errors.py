"""What can go wrong with keys and seals. No message holds a key, a code or a written word."""

from __future__ import annotations


class VaultError(Exception):
    """Base of everything the vault raises."""


class WrongKey(VaultError):
    """The passphrase, code or key does not open this: a wrong secret, or altered bytes."""

    def __init__(self, sentence: str = "That does not open it. Check it and try again.") -> None:
        super().__init__(sentence)


class MistypedCode(VaultError):
    """A recovery code that cannot be right as it was typed; the message says what is off.

    Attributes:
        english: the message with the names of ``values`` in braces, for whoever translates it.
        values: what stands there.
    """

    def __init__(self, english: str, **values: object) -> None:
        super().__init__(english.format(**values))
        self.english = english
        self.values = values


class UnusableSecret(VaultError):
    """A passphrase or key that nothing may be wrapped with; the message says why."""


class UnknownFormat(VaultError):
    """Sealed or wrapped by a way this version does not know: a newer version made it."""

    def __init__(
        self,
        sentence: str = (
            "This was sealed by a newer version of Second Voice. Update the program to open it."
        ),
    ) -> None:
        super().__init__(sentence)


class TooCostly(VaultError):
    """A try at the passphrase of a file would take more than whoever pays for it gives."""

    def __init__(
        self,
        sentence: str = (
            "It asks for more memory or time than is given here. In a terminal, "
            "'secondvoice import' opens it."
        ),
    ) -> None:
        super().__init__(sentence)


class Damaged(VaultError):
    """Sealed bytes that do not fit their key and header: altered, cut off, moved, or not ours."""

    def __init__(
        self,
        sentence: str = "The sealed bytes were changed or cut off, so they cannot be opened.",
    ) -> None:
        super().__init__(sentence)
