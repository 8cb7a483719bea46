#: That of the program, too.
version = "0.1.0"
