#ifndef STACKELBERG_CMPI_SHIM_H
#define STACKELBERG_CMPI_SHIM_H

#include <mpi.h>

/* MPI_COMM_WORLD, MPI_BYTE and the like are macros of casts, which Swift does not see, and differ from one MPI to the
   next. Each function returns MPI's error code. */

static inline int stackelberg_mpi_begin(int *rank, int *size)
{
    int provided = 0;
    int code = MPI_Init_thread(NULL, NULL, MPI_THREAD_SERIALIZED, &provided);
    if (code != MPI_SUCCESS) return code;
    if (provided < MPI_THREAD_SERIALIZED) return MPI_ERR_OTHER;
    MPI_Comm_set_errhandler(MPI_COMM_WORLD, MPI_ERRORS_RETURN);
    code = MPI_Comm_rank(MPI_COMM_WORLD, rank);
    return code != MPI_SUCCESS ? code : MPI_Comm_size(MPI_COMM_WORLD, size);
}

static inline int stackelberg_mpi_send(const void *bytes, int count, int rank)
{
    return MPI_Send((void *)bytes, count, MPI_BYTE, rank, 0, MPI_COMM_WORLD);
}

/* Whether a message has come (0 or 1), its sender and its length. */
static inline int stackelberg_mpi_look(int *has_come, int *rank, int *count)
{
    MPI_Status status;
    int code = MPI_Iprobe(MPI_ANY_SOURCE, 0, MPI_COMM_WORLD, has_come, &status);
    if (code != MPI_SUCCESS || !*has_come) return code;
    *rank = status.MPI_SOURCE;
    return MPI_Get_count(&status, MPI_BYTE, count);
}

static inline int stackelberg_mpi_receive(void *bytes, int count, int rank)
{
    return MPI_Recv(bytes, count, MPI_BYTE, rank, 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
}

static inline int stackelberg_mpi_end(void) { return MPI_Finalize(); }

static inline int stackelberg_mpi_succeeded(int code) { return code == MPI_SUCCESS; }

#endif
