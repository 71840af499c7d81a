"""From a project's name, purpose, function code and amount to a complete goal form, every line with its reasons.

`grams` and `bm25` find Chinese words without a dictionary; `library_index` holds one edition of the library for that;
`recognise` says what the project is (`project_words` is its data), `rank` which indicators suit it, `targets` which
values are supported, `choose` and `weights` make a form of them that the rules accept, `compose` writes its texts, and
`propose` joins them. Nothing is learnt, nothing leaves the PC, and equal questions have equal answers.
"""
