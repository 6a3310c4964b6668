/* model_check.h: whether a model that was read from a file holds together. */
#ifndef TSL_MODEL_MODEL_CHECK_H
#define TSL_MODEL_MODEL_CHECK_H

#include <tesela/model.h>

/* What is wrong, and where: the array's path in the file, and its entry, from 0. */
typedef struct tsl__model_fault {
    const char *path; /* NULL: nothing is wrong */
    const char *what;
    size_t entry; /* SIZE_MAX: none */
} tsl__model_fault;

/* Everything that the room, or a caller, relies on without looking again: what
 * follows from other numbers must be what follows from them. level: work space,
 * one a node of the tree. */
tsl__model_fault tsl__model_check(const tsl_model *model, int *level);

#endif
