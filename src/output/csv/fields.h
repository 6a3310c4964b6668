/* fields.h: fields of a CSV line that several files have. */
#ifndef TSL_OUTPUT_CSV_FIELDS_H
#define TSL_OUTPUT_CSV_FIELDS_H

#include <tesela/label.h>

#include "base/text.h"

/* The writers give the end of what they wrote, without a NUL. */
char *tsl__write_share(char *p, double share); /* 0 to 1, four decimals */
/* Six significant digits, or all of a greater whole number; nothing for NaN; 32 bytes at most. */
char *tsl__write_significant(char *p, double value);

/* A cell of another CSV file of ours, where what a spreadsheet would take for a formula is marked already. */
void tsl__csv_put_cell(const char *cell, tsl__text *out);

/* ",2,Loyal," for each segment in the language (0 "en", 1 "zh"), owned texts; NULL
 * for want of memory. */
char **tsl__put_segments(const tsl_policy *policy, int lang);
/* Likewise ",CHAMP\n", the end of a line. */
char **tsl__put_codes(const tsl_policy *policy);

#endif
