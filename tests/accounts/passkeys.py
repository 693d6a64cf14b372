"""A passkey made of software, as far as a server can see."""

import hashlib
import json
import secrets

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import (
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

HOST = "news.example.org"
ORIGIN = f"https://{HOST}"
NOBODY = bytes(16)
Flag = AuthenticatorData.FLAG


class SoftPasskey:
    """``host`` and ``origin``: where its browser believes to be."""

    def __init__(self, *, host=HOST, origin=ORIGIN):
        self.host, self.origin = host, origin
        self.id = secrets.token_bytes(16)
        self.private = ec.generate_private_key(ec.SECP256R1())

    def registered(self, challenge=b"made up", *, verified=True):
        """What a browser sends when it has made the key."""
        public = ES256.from_cryptography_key(self.private.public_key())
        flags = self._flags(verified=verified) | Flag.AT
        data = AuthenticatorData.create(
            self._host_hash(),
            flags,
            0,
            AttestedCredentialData.create(NOBODY, self.id, public),
        )
        said = self._client_data("webauthn.create", challenge)
        attestation = AttestationObject.create("none", data, {})
        return self._sent(
            {
                "clientDataJSON": websafe_encode(said),
                "attestationObject": websafe_encode(attestation),
            },
            {"credProps": {"rk": True}},
        )

    def used(self, challenge, user_handle, *, verified=True):
        """What a browser sends when the key's owner has unlocked it."""
        flags = self._flags(verified=verified)
        data = AuthenticatorData.create(self._host_hash(), flags, 1)
        said = self._client_data("webauthn.get", challenge)
        signed = bytes(data) + hashlib.sha256(said).digest()
        signature = self.private.sign(signed, ec.ECDSA(hashes.SHA256()))
        return self._sent(
            {
                "clientDataJSON": websafe_encode(said),
                "authenticatorData": websafe_encode(data),
                "signature": websafe_encode(signature),
                "userHandle": user_handle,
            },
            {},
        )

    def _flags(self, *, verified):
        return Flag.UP | Flag.UV if verified else Flag.UP

    def _host_hash(self):
        return hashlib.sha256(self.host.encode()).digest()

    def _client_data(self, kind, challenge):
        return CollectedClientData.create(kind, challenge, self.origin)

    def _sent(self, response, extensions):
        name = websafe_encode(self.id)
        return {
            "id": name,
            "rawId": name,
            "type": "public-key",
            "clientExtensionResults": extensions,
            "response": response,
        }


def as_sent(credential):
    return json.dumps(credential)
