/* formulas.h: the CSV files of a run whose ids, names and texts would be formulas
 * (payloads.h). */
#ifndef TESTS_OUTPUT_FORMULAS_H
#define TESTS_OUTPUT_FORMULAS_H

#include "sample.h"

/* Writes segments.csv, labels.csv, clusters.csv and rejects.csv into the folder:
 * every payload and every harmless text is an id, a reason and a rejected text
 * once, in the order of formulas_get. 0, or 1 where a file could not be written. */
int formulas_write(sample *run, const char *folder);
/* The texts, "" and all; NULL beyond the last. */
const char *formulas_get(size_t i);

#endif
