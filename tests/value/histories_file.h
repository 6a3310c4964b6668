/* histories_file.h: the columns of a CSV of datasets/cdnow, all numbers. */
#ifndef TSL_TESTS_HISTORIES_FILE_H
#define TSL_TESTS_HISTORIES_FILE_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { COLUMNS_MOST = 6, ROWS_MOST = 4096 };

typedef struct numbers {
    size_t count;
    double column[COLUMNS_MOST][ROWS_MOST];
} numbers;

/* columns: how many the file has. */
static inline void read_numbers(const char *name, int columns, numbers *out)
{
    char path[512], line[256];
    snprintf(path, sizeof path, "%s/datasets/cdnow/%s", TESELA_SOURCE_DIR, name);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    assert_non_null(fgets(line, sizeof line, file));
    for (out->count = 0; fgets(line, sizeof line, file); out->count++) {
        char *at = line;
        for (int c = 0; c < columns; c++, at += *at == ',') {
            out->column[c][out->count] = strtod(at, &at);
        }
        assert_true(out->count < ROWS_MOST);
    }
    fclose(file);
}

#endif
