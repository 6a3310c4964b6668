/* labels_csv.h: labels.csv, row by row, where not all rows are there at once. */
#ifndef TSL_OUTPUT_LABELS_CSV_H
#define TSL_OUTPUT_LABELS_CSV_H

#include <tesela/label.h>

#include "base/text.h"

/* The first line; owned. NULL for want of memory. id_name: "customer_id", "id", "row". */
char *tsl__labels_make_head(const char *id_name);

typedef struct tsl__label_row {
    const char *id;      /* NULL: the number */
    size_t number;       /* of the row, from 1 */
    const char *segment; /* ",2,Loyal,": tsl__put_segments */
    double distance;     /* to its centre */
    int runner_up;       /* segment, 0: none */
    double confidence;   /* 0 to 1 */
    uint32_t outside;    /* columns outside what the fit saw */
    const char *code;    /* ",CHAMP\n": tsl__put_codes */
} tsl__label_row;
void tsl__labels_put_row(const tsl__label_row *row, tsl__text *out);

#endif
