"""Bytes we do not trust become neutral grids, in processes with limits; files are written whole."""
