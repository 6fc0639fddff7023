"""Writers: they turn forms and reports into files and screens, and decide nothing else."""
