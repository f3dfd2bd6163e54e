"""Any life of any scheme: random valid files, random people, random moves, a turned clock."""
