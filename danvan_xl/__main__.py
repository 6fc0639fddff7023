"""`python -m danvan_xl` is the command `danvan-xl`."""

from danvan_xl.cli.main import main

if __name__ == "__main__":
    main()
