"""The verbs of the command line, one a module: each converts arguments and calls one job."""
