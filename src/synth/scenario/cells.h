/* cells.h: the rows of a played scenario's files. */
#ifndef TSL_SYNTH_CELLS_H
#define TSL_SYNTH_CELLS_H

#include "base/text.h"
#include "synth/scenario/world.h"

/* The files, in the order in which they are written. */
typedef enum tsl__scene_file {
    TSL__SCENE_TRANSACTIONS,
    TSL__SCENE_CUSTOMERS,
    TSL__SCENE_INTERACTIONS,
    TSL__SCENE_TRUTH,
    TSL__SCENE_FILES
} tsl__scene_file;

const char *tsl__cells_get_file(tsl__scene_file file);
void tsl__cells_put_header(const tsl__scene *scene, tsl__scene_file file, tsl__text *text);
/* What rows are made of: orders in time, or customers. */
size_t tsl__cells_get_count(const tsl__world *world, tsl__scene_file file);
/* All rows of the i-th of them. */
void tsl__cells_put(const tsl__world *world, tsl__scene_file file, size_t i, tsl__text *text);

#endif
