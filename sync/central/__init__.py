"""The reference platform: small, real, and enough for a county to rehearse with.

- ``platform``: opens a data folder: keys, settings, database;
- ``service``: what a unit asks, without any web in it; ``web`` and ``app`` put it on a port;
- ``arrival``: the bytes of a batch become a point of its stream's chain, or do not;
- ``decide``: what is right and wrong about documents: pure; ``decision``: the transaction around it;
- ``publish``: catalogues and the head; ``bureau``: what an officer of the bureau does.

It trusts nothing that a client says. Only this package of ``sync`` knows SQLAlchemy.
"""
