"""A key of the tests, and what a signature made with it is worth."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest

from portaria.documents.signing import load_signer

PASSPHRASE = "uma frase inventada"


@pytest.fixture(scope="session")
def key_file(tmp_path_factory):
    """A key with a self-signed certificate, as PKCS#12."""
    pytest.importorskip("cryptography", reason="needs the extra sign")
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import rsa
    from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12

    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Direção Inventada")])
    now = datetime.now(UTC)
    use = {
        "digital_signature": True, "content_commitment": True, "key_encipherment": False,
        "data_encipherment": False, "key_agreement": False, "key_cert_sign": False,
        "crl_sign": False, "encipher_only": False, "decipher_only": False,
    }  # fmt: skip
    own = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=30))
        .add_extension(x509.KeyUsage(**use), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("key") / "key.p12"
    encryption = BestAvailableEncryption(PASSPHRASE.encode())
    path.write_bytes(pkcs12.serialize_key_and_certificates(b"key", key, own, None, encryption))
    return path


def status_of(content, key_file):
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    own = load_signer(key_file, PASSPHRASE).signing_cert
    (found,) = PdfFileReader(BytesIO(content)).embedded_signatures
    return validate_pdf_signature(found, ValidationContext(trust_roots=[own], allow_fetching=False))
