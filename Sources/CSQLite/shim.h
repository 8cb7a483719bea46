#ifndef STACKELBERG_CSQLITE_SHIM_H
#define STACKELBERG_CSQLITE_SHIM_H

#include <sqlite3.h>

#endif
