/* holding.c: what a cluster holds, by weight and by rows: too little of either is too little. docs/methods/anchors.md.
 */
#include "run/places/holding.h"

void tsl__holding_add(tsl__holding *of, double weight)
{
    of->weight += weight;
    of->rows += weight > 0;
}

void tsl__holding_remove(tsl__holding *of, double weight)
{
    of->weight -= weight;
    of->rows -= weight > 0;
}

int tsl__holding_is_small(const tsl__holding *of, double least_weight, size_t least_rows)
{
    return of->weight < least_weight || of->rows < least_rows;
}
