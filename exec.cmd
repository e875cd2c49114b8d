@rem npm's scripts begin with `exec`, so that on other systems a signal to npm reaches the program and not a shell
@rem that keeps it to itself. Windows has no `exec`; its shell looks in this folder first.
@%*
