#ifndef STACKELBERG_CGLPK_SHIM_H
#define STACKELBERG_CGLPK_SHIM_H

#include <glpk.h>

#endif
