/* layout.h: which columns the raw matrix has, and where each comes from. */
#ifndef TSL_FEATURE_LAYOUT_H
#define TSL_FEATURE_LAYOUT_H

#include "base/dict.h"
#include "feature/catalogue.h"

/* A column's source: a catalogue line, or a customers column. */
typedef struct tsl__feature_origin {
    const tsl__catalogue_entry *line; /* or NULL */
    int32_t code;                     /* value of a share, level of a category; TSL__OTHER; -1: none */
    const uint8_t *named;             /* codes that have a column of their own; borrowed from the layout */
    const tsl_column *attribute;      /* customers column, or NULL */
} tsl__feature_origin;

typedef struct tsl__layout {
    size_t count, capacity, origin_capacity;
    tsl_feature *feature;
    tsl__feature_origin *origin;
    uint8_t **named; /* owned */
    size_t named_count;
    size_t blocks;
    tsl__dict *names; /* of the columns so far */
} tsl__layout;

tsl_status tsl__layout_open(const tsl_table *const table[TSL_TABLE_KINDS], const tsl_feature_options *opt,
                            int32_t as_of, tsl__layout *layout, tsl_notes *notes, tsl_error *err);
void tsl__layout_free(tsl__layout *layout);

#endif
