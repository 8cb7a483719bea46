#ifndef STACKELBERG_CARGUMENTS_H
#define STACKELBERG_CARGUMENTS_H

/* The words of the command line, the program's name first, and how many there are. The words end with a null pointer;
   they are null, and 0, on systems that do not hand them to what runs before main. */
int stackelberg_argument_count(void);
char *const *stackelberg_argument_words(void);

#endif
