/* test_sheet_xlsx.c: workbooks: whatever text stands in a cell reads back as it was, numbers and days as numbers; and
 * damage is found. */
#include "crm/sheets.h"

#include "base/text.h"
#include "output/payloads.h"

static tsl_error err;

static void write_and_check(const sheet_row *row, size_t rows)
{
    tsl__crm_plan plan = sheet_plan(NULL, TSL_CRM_EXCEL);
    tsl__crm_sheet sheet = sheet_write(&tsl__crm_xlsx, &plan, "some.xlsx", row, rows);
    assert_int_equal(sheet.rows, rows);
    sheet_assert_well(&tsl__crm_xlsx, &sheet);
    free(sheet.path);
    tsl__crm_plan_close(&plan);
}

static const sheet_row some[] = {{"007", "bought, \"a lot\"", "2024-06-30", "120.5", "0.9"},
                                 {"客户1", "", "", "", ""},
                                 {"1E5", "", "1999-12-31", "-3", "1e-4"},
                                 {"12345678901234567890", "😀 & <b>", "2024-02-29", "0", "1"}};

static void test_kinds(void **state)
{
    (void)state;
    write_and_check(some, 4);
    write_and_check(some, 0);
    static const sheet_row numbers[] = {{"a", "x", "2024-06-30", "120.50", "0.9000"},
                                        {"b", "x", "2024-06-30", "123456789012.3456", "0.333333333333333"},
                                        {"c", "x", "1900-03-01", "1e21", "-0"}};
    write_and_check(numbers, 3);
}

/* Texts that XML, or the way in which workbooks write characters, would make others of. */
static void test_texts(void **state)
{
    (void)state;
    static const char *const texts[] = {"_x0041_",
                                        "_x0041",
                                        "x_x0041_x000D_",
                                        "__x0041__",
                                        "_x00e9_",
                                        "_xGGGG_",
                                        "_x005F_",
                                        "a\nb",
                                        "a\tb",
                                        "a\x01z",
                                        "a\x1Dz",
                                        "a\x7Fz",
                                        "<&>\"'",
                                        "]]>",
                                        "&amp;",
                                        "&#65;",
                                        "http://a.example",
                                        "internal:Sheet1!A1",
                                        "mailto:a@b.example",
                                        "😀👩‍👩‍👧",
                                        "\x02",
                                        "TRUE",
                                        "#N/A",
                                        "1.0",
                                        "2024-06-30",
                                        "é̂",
                                        "𝔸"};
    enum { TEXTS = sizeof texts / sizeof *texts };
    sheet_row row[TEXTS];
    for (size_t i = 0; i < TEXTS; i++) {
        row[i][0] = row[i][1] = texts[i];
        row[i][2] = row[i][3] = row[i][4] = "";
    }
    for (size_t i = 0; i < TEXTS; i++) {
        write_and_check(&row[i], 1);
    }
    write_and_check(row, TEXTS);
}

static void test_payloads(void **state)
{
    (void)state;
    sheet_row row[PAYLOADS + HARMLESS];
    size_t rows = 0;
    for (size_t i = 0; i < PAYLOADS + HARMLESS; i++) {
        const char *text = i < PAYLOADS ? payloads[i] : harmless[i - PAYLOADS];
        /* what no workbook holds is refused before (test_crm_check.c) */
        if (tsl__cell_trim(tsl__span_make(text)).n == strlen(text) && *text && !strchr(text, '\x1F')) {
            row[rows][0] = row[rows][1] = text;
            row[rows][2] = row[rows][3] = row[rows][4] = "";
            rows++;
        }
    }
    assert_in_range(rows, 120, PAYLOADS + HARMLESS);
    write_and_check(row, rows);
}

static void test_longest_text(void **state)
{
    (void)state;
    static char ascii[32769], wide[3 * 32767 + 1];
    memset(ascii, 'x', 32767);
    for (size_t i = 0; i < 32767; i++) {
        memcpy(wide + 3 * i, "客", 3);
    }
    const sheet_row row[] = {{"a", ascii, "", "", ""}, {"b", wide, "", "", ""}};
    write_and_check(row, 2);
    /* One more is refused, not cut. */
    ascii[32767] = 'x';
    tsl__crm_plan plan = sheet_plan(NULL, TSL_CRM_EXCEL);
    tsl__crm_sheet sheet = {.plan = &plan, .path = strdup(scratch_path("long.xlsx"))};
    tsl__span cell[SHEET_FIELDS];
    int fits;
    sheet_cells(row[0], cell);
    assert_int_equal(tsl__crm_xlsx.open(&sheet, &err), TSL_OK);
    assert_int_equal(tsl__crm_xlsx.put(&sheet, cell, &fits, &err), TSL_OK);
    assert_int_equal(tsl__crm_xlsx.close(&sheet, &err), TSL_E_IO);
    assert_says(&err, "long.xlsx: cannot be written: ");
    free(sheet.path);
    tsl__crm_plan_close(&plan);
}

/* The same bytes each time. */
static void test_same_bytes(void **state)
{
    (void)state;
    tsl__crm_plan plan = sheet_plan(NULL, TSL_CRM_EXCEL);
    tsl__crm_sheet a = sheet_write(&tsl__crm_xlsx, &plan, "a.xlsx", some, 4),
                   b = sheet_write(&tsl__crm_xlsx, &plan, "b.xlsx", some, 4);
    size_t count_a, count_b;
    unsigned char *bytes_a = sheet_read(&a, &count_a), *bytes_b = sheet_read(&b, &count_b);
    assert_int_equal(count_a, count_b);
    assert_memory_equal(bytes_a, bytes_b, count_a);
    free(bytes_a);
    free(bytes_b);
    free(a.path);
    free(b.path);
    tsl__crm_plan_close(&plan);
}

static void assert_found(const tsl__crm_sheet *sheet)
{
    const tsl_status status = tsl__crm_xlsx.check(sheet, &err);
    if (status != TSL_E_INTERNAL && status != TSL_E_IO) {
        fail_msg("not seen: %d", (int)status);
    }
    assert_says(&err, sheet->path);
}

/* Another cell, another row, a row less, a row more, a header; a file that is cut. */
static void test_damage(void **state)
{
    (void)state;
    sheet_row other[5];
    memcpy(other, some, sizeof some);
    memcpy(other[4], some[3], sizeof other[4]);
    tsl__crm_plan plan = sheet_plan(NULL, TSL_CRM_EXCEL);
    tsl__crm_sheet meant = sheet_write(&tsl__crm_xlsx, &plan, "meant.xlsx", some, 4);
    for (int way = 0; way < 5; way++) {
        const size_t rows = way == 3 ? 3 : way == 4 ? 5 : 4;
        other[1][1] = way == 1 ? "x" : "";
        other[2][3] = way == 2 ? "-3.0001" : "-3";
        other[0][0] = way == 3 ? "7" : "007";
        tsl__crm_sheet is = sheet_write(&tsl__crm_xlsx, &plan, "is.xlsx", other, rows);
        tsl__crm_sheet held = meant;
        held.path = is.path;
        if (way) {
            assert_found(&held);
        } else {
            sheet_assert_well(&tsl__crm_xlsx, &held);
        }
        free(is.path);
    }
    size_t count;
    unsigned char *bytes = sheet_read(&meant, &count);
    for (size_t at = 0; at < count; at += 97) {
        scratch_write(meant.path, bytes, at);
        assert_found(&meant);
    }
    free(bytes);
    free(meant.path);
    tsl__crm_plan_close(&plan);
}

/* The rows of the sheet are somewhere in the file: of any flipped byte there the file is refused; of others its cells
 * are as they were. */
static void test_flipped_bytes(void **state)
{
    (void)state;
    tsl__crm_plan plan = sheet_plan(NULL, TSL_CRM_EXCEL);
    tsl__crm_sheet sheet = sheet_write(&tsl__crm_xlsx, &plan, "some.xlsx", some, 4);
    size_t count, found = 0;
    unsigned char *bytes = sheet_read(&sheet, &count);
    for (size_t at = 0; at < count; at += 7) {
        bytes[at] ^= 0x10;
        scratch_write(sheet.path, bytes, count);
        found += tsl__crm_xlsx.check(&sheet, &err) != TSL_OK;
        bytes[at] ^= 0x10;
    }
    assert_in_range(found, count / 7 / 20, count / 7);
    scratch_write(sheet.path, bytes, count);
    sheet_assert_well(&tsl__crm_xlsx, &sheet);
    free(bytes);
    free(sheet.path);
    tsl__crm_plan_close(&plan);
}

int main(void)
{
#define IN_SCRATCH(test) cmocka_unit_test_setup_teardown(test, scratch_setup, scratch_teardown)
    const struct CMUnitTest tests[] = {
        IN_SCRATCH(test_kinds),         IN_SCRATCH(test_texts),      IN_SCRATCH(test_payloads),
        IN_SCRATCH(test_longest_text),  IN_SCRATCH(test_same_bytes), IN_SCRATCH(test_damage),
        IN_SCRATCH(test_flipped_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
