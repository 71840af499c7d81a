"""Signed exchange between a unit and the platform; usable without any screen.

The kernel turns documents into bytes that prove themselves:

- ``canonical``: the restricted JSON whose bytes are hashed and signed;
- ``crypto``: SM2, SM3 and SM4-GCM behind ``Signer``, ``Verifier`` and ``KeyWrap``;
- ``keys``, ``secrets``: private keys and secrets between two runs;
- ``envelope``: signatures over (payload type, payload);
- ``container``: the framed ``.bsp`` file, the same in every direction;
- ``manifest``, ``sheet``: what is signed, by installations and by people;
- ``batch``: composes all of it: seal, open, verify.

Nothing here knows a budget, and nothing here imports the desktop program.
"""
