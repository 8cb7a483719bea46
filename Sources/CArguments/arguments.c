#include "arguments.h"

#include <stddef.h>
#include <stdlib.h>

/* Swift reads the command line from /proc/self/cmdline on Linux, and finds no words where /proc is not mounted, as in a
   bare chroot: then the program would take itself to be called without any. Constructors are handed what main is, by the
   GNU C library, shared and static, and by macOS. */

static int count = 0;
static char **words = NULL;

#if defined(__GLIBC__) || defined(__APPLE__)
__attribute__((constructor)) static void keep(int argc, char **argv)
{
    count = argc;
    words = argv;
}
#endif

int stackelberg_argument_count(void) { return count; }

char *const *stackelberg_argument_words(void) { return words; }
