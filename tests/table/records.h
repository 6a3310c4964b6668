/* records.h: what a reader gives, as one text, for the tests of the formats. */
#ifndef TSL_TESTS_TABLE_RECORDS_H
#define TSL_TESTS_TABLE_RECORDS_H

#include "help.h"
#include "table/source/csv.h"

#define RECORDS_BYTES (1 << 15)

/* The names, the records with their lines, the error behind them, the notes; records end where out is half full. What
 * the last reading gave: TSL_OK at the end of the file. */
static UNUSED tsl_status put_records(tsl__csv *csv, char out[RECORDS_BYTES], tsl__record *last)
{
    tsl_error err;
    tsl_status status;
    size_t count, n = 0;
    const char *const *names = tsl__csv_get_names(csv, &count);
    for (size_t i = 0; i < count; i++)
        n += (size_t)sprintf(out + n, "%s%s", i ? "|" : "", names[i]);
    while ((status = tsl__csv_read(csv, last, &err)) == TSL_OK && last->count && n < RECORDS_BYTES / 2) {
        n += (size_t)sprintf(out + n, "\n%d%s ", (int)last->line, last->valid ? "" : "!");
        for (size_t i = 0; i < last->count; i++)
            n += (size_t)sprintf(out + n, "%s%.*s", i ? "|" : "", (int)last->field[i].n, last->field[i].s);
    }
    if (status != TSL_OK)
        n += (size_t)sprintf(out + n, "\n%s", err.message);
    const tsl_notes *notes = tsl__csv_get_notes(csv);
    for (size_t i = 0; i < notes->count; i++)
        n += (size_t)sprintf(out + n, "\n* %s", notes->text[i]);
    return status;
}

#endif
