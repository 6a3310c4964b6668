/* fuzz_xlsx.c: any bytes as the parts of a workbook, NUL between them: the sheet, the shared texts, the styles, the
 * book. They are packed as they are, so that all behind the archive is met; fuzz_zip.c does the archive. */
#include "fuzz/fuzz_table.h"

#include <zip.h>

#define PARTS 4

static const char *const names[] = {"xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml",
                                    "xl/workbook.xml", "xl/_rels/workbook.xml.rels"};

static const char book[] = "<workbook><sheets><sheet name=\"a\" r:id=\"r1\"/></sheets></workbook>",
                  relations[] =
                      "<Relationships><Relationship Id=\"r1\" Type=\"x/worksheet\" Target=\"worksheets/sheet1.xml\"/>"
                      "<Relationship Id=\"r2\" Type=\"x/sharedStrings\" Target=\"sharedStrings.xml\"/>"
                      "<Relationship Id=\"r3\" Type=\"x/styles\" Target=\"styles.xml\"/></Relationships>";

static void add(zip_t *zip, const char *name, const void *bytes, size_t count)
{
    const zip_int64_t at = zip_file_add(zip, name, zip_source_buffer(zip, bytes, count, 0), ZIP_FL_ENC_UTF_8);
    FUZZ_MUST(at >= 0 && zip_set_file_compression(zip, (zip_uint64_t)at, ZIP_CM_STORE, 0) == 0);
}

static char *pack(const char *data, size_t size, size_t *count)
{
    zip_error_t why;
    zip_stat_t info;
    zip_error_init(&why);
    zip_source_t *target = zip_source_buffer_create(NULL, 0, 0, &why);
    zip_t *zip = zip_open_from_source(target, ZIP_CREATE | ZIP_TRUNCATE, &why);
    FUZZ_MUST(zip);
    zip_source_keep(target);
    for (size_t i = 0; i < PARTS; i++) {
        const char *end = i + 1 < PARTS && size ? memchr(data, 0, size) : NULL;
        const size_t length = end ? (size_t)(end - data) : size, passed = length + (end != NULL);
        if (length) {
            add(zip, names[i], data, length);
        } else if (i + 1 == PARTS) {
            add(zip, names[i], book, sizeof book - 1);
        }
        data += passed;
        size -= passed;
    }
    add(zip, names[PARTS], relations, sizeof relations - 1);
    FUZZ_MUST(zip_close(zip) == 0 && zip_source_stat(target, &info) == 0);
    char *bytes = malloc((size_t)info.size);
    *count = (size_t)info.size;
    FUZZ_MUST(bytes && zip_source_open(target) == 0 &&
              zip_source_read(target, bytes, info.size) == (zip_int64_t)info.size);
    zip_source_close(target);
    zip_source_free(target);
    return bytes;
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);
int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    size_t count;
    char *bytes = pack((const char *)data, size, &count);
    const tsl__csv_options split = {.header = -1, .text = {.fill_merged = size % 2 == 0}};
    fuzz_split_twice(bytes, count, split, 7);
    free(bytes);
    return 0;
}
