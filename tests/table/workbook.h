/* workbook.h: writes a workbook part by part. */
#ifndef TSL_TEST_WORKBOOK_H
#define TSL_TEST_WORKBOOK_H

#include <zip.h>

#include "help.h"

/* A book of parts, name and text in turns, up to NULL; owned. */
static inline char *make_book(const char *const *parts, size_t *count)
{
    zip_error_t why;
    zip_error_init(&why);
    zip_source_t *target = zip_source_buffer_create(NULL, 0, 0, &why);
    zip_t *zip = zip_open_from_source(target, ZIP_CREATE | ZIP_TRUNCATE, &why);
    assert_non_null(zip);
    zip_source_keep(target);
    for (; *parts; parts += 2) {
        zip_source_t *from = zip_source_buffer(zip, parts[1], strlen(parts[1]), 0);
        assert_true(zip_file_add(zip, parts[0], from, ZIP_FL_ENC_UTF_8) >= 0);
    }
    assert_int_equal(zip_close(zip), 0);
    zip_stat_t info;
    assert_int_equal(zip_source_stat(target, &info), 0);
    *count = (size_t)info.size;
    char *bytes = malloc(*count);
    assert_int_equal(zip_source_open(target), 0);
    assert_int_equal(zip_source_read(target, bytes, *count), *count);
    zip_source_close(target);
    zip_source_free(target);
    return bytes;
}

#endif
