"""The steps by which the schema has come to be what `tables` says. A new step moves HEAD."""

KNOWN = (
    "0001",
    "0002",
    "0003",
    "0004",
    "0005",
    "0006",
    "0007",
    "0008",
    "0009",
    "0010",
    "0011",
    "0012",
    "0013",
    "0014",
    "0015",
    "0016",
    "0017",
    "0018",
    "0019",
    "0020",
    "0021",
    "0022",
    "0023",
    "0024",
    "0025",
    "0026",
    "0027",
    "0028",
    "0029",
    "0030",
    "0031",
    "0032",
)
"""Every revision, oldest first, written here so that a start with nothing to upgrade need not load Alembic."""
HEAD = KNOWN[-1]
"""The newest one, which this code needs."""
