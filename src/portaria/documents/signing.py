"""Digital signatures on the papers: PAdES, with a key in a PKCS#12 file (the extra `[sign]`).

The signature is appended to the file and nothing before it changes, so a paper stays PDF/A-2a and
PDF/UA-1. Its field is invisible and lies outside the page: inside, PDF/UA would ask for a tag, and
PDF/A forbids to hide it.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from portaria.core.errors import UsageError
from portaria.core.messages import Message, declare
from portaria.core.unopened import why

if TYPE_CHECKING:
    from pyhanko.sign.signers import SimpleSigner

FIELD = "Signature"
NOT_INSTALLED = declare(
    "sign-not-installed",
    "signing needs the extra [sign]: install it with pip install 'portaria[sign]'",
)
NO_FILE = declare("sign-no-file", "the key file {path} cannot be read: {detail}")
NO_KEY = declare(
    "sign-no-key",
    "{path} gives no key: it is no PKCS#12 file (.p12, .pfx), or the passphrase is another",
)


def load_signer(key_file: Path, passphrase: str) -> SimpleSigner:
    """The key and certificates of a PKCS#12 file, to sign any number of papers with.

    UsageError where the extra is not installed, the file cannot be read, holds no private key with
    its certificate, or has another passphrase.
    """
    try:
        from pyhanko.sign.signers import SimpleSigner
    except ImportError as error:
        raise UsageError(Message(NOT_INSTALLED)) from error
    try:
        content = key_file.read_bytes()
    except OSError as error:
        params = {"path": str(key_file), "detail": why(error)}
        raise UsageError(Message(NO_FILE, params)) from error
    try:
        signer: SimpleSigner = SimpleSigner.load_pkcs12_data(
            content, (), passphrase.encode() or None
        )
    except (ValueError, TypeError, AttributeError, NotImplementedError) as error:
        # A file with a certificate and no key comes as None, and fails on its first use.
        raise UsageError(Message(NO_KEY, {"path": str(key_file)})) from error
    return signer


def sign(content: bytes, signer: SimpleSigner, reason: str = "", place: str = "") -> bytes:
    """The PDF with a signature appended; `reason` and `place` stand in it where they are given."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.fields import InvisSigSettings, SigFieldSpec, SigSeedSubFilter
    from pyhanko.sign.signers import PdfSignatureMetadata, sign_pdf

    about: dict[str, Any] = {"reason": reason or None, "location": place or None}
    outside = InvisSigSettings(box_out_of_bounds=True)
    signed = sign_pdf(
        IncrementalPdfFileWriter(BytesIO(content)),
        PdfSignatureMetadata(FIELD, "sha256", subfilter=SigSeedSubFilter.PADES, **about),
        signer=signer,
        new_field_spec=SigFieldSpec(FIELD, invis_sig_settings=outside),
    )
    return bytes(signed.getbuffer())
