/* test_translate_xlsx.c: sheets of workbooks, written here part by part, as records; damaged and hostile ones. */
#include "records.h"
#include "workbook.h"

/* ---- A workbook ------------------------------------------------------------------- */

#define WORKBOOK(sheets) "<workbook xmlns:r=\"x\"><workbookPr/><sheets>" sheets "</sheets></workbook>"
#define SHEET(name, id) "<sheet name=\"" name "\" sheetId=\"1\" r:id=\"" id "\"/>"
#define RELATION(id, type, target)                                                                                     \
    "<Relationship Id=\"" id "\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/" type     \
    "\" Target=\"" target "\"/>"
#define RELATIONS(more)                                                                                                \
    "<Relationships>" RELATION("s", "sharedStrings", "sharedStrings.xml") RELATION("t", "styles", "/xl/styles.xml")    \
        RELATION("a", "worksheet", "worksheets/sheet1.xml") more "</Relationships>"
#define SHARED                                                                                                         \
    "<sst><si><t>id</t></si><si><r><t>am</t></r><r><t>ount</t></r></si><si><t>食品</t><rPh><t>x</t></rPh></si>"      \
    "<si><t>a\nb,\"c\"</t></si><si><t>x_x001F_y</t></si></sst>"
#define STYLES                                                                                                         \
    "<styleSheet><numFmts><numFmt numFmtId=\"170\" formatCode=\"yyyy\\-mm\\-dd\"/><numFmt numFmtId=\"171\" "           \
    "formatCode=\"[$€-2] 0.00\"/><numFmt numFmtId=\"172\" formatCode=\"00000\"/></numFmts><cellStyleXfs><xf "        \
    "numFmtId=\"14\"/></cellStyleXfs><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"170\"/><xf "                          \
    "numFmtId=\"22\"/><xf numFmtId=\"171\"/><xf numFmtId=\"172\"/></cellXfs></styleSheet>"

static char *make_sheet(const char *sheet, size_t *count)
{
    const char *const parts[] = {"xl/workbook.xml",
                                 WORKBOOK(SHEET("Orders", "a")),
                                 "xl/_rels/workbook.xml.rels",
                                 RELATIONS(""),
                                 "xl/sharedStrings.xml",
                                 SHARED,
                                 "xl/styles.xml",
                                 STYLES,
                                 "xl/worksheets/sheet1.xml",
                                 sheet,
                                 NULL};
    return make_book(parts, count);
}

/* ---- Its records -------------------------------------------------------------------- */

/* Names, records and notes, or the message, as one text; static. */
static const char *show(const char *bytes, size_t size, tsl__csv_options opt)
{
    static char out[RECORDS_BYTES];
    const tsl_source from = {.bytes = bytes, .count = size};
    tsl_error err;
    tsl__record r;
    tsl__csv *csv;
    opt.from = &from;
    if (tsl__csv_open(&opt, &csv, &err) != TSL_OK) {
        return strcpy(out, err.message);
    }
    const tsl_status status = put_records(csv, out, &r);
    if (status == TSL_OK && r.count == 0 && size > 3 && memcmp(bytes, "PK\x03\x04", 4) == 0) {
        tsl_file_info info;
        assert_int_equal(tsl__csv_get_info(csv, &info, &err), TSL_OK);
        assert_null(info.encoding);
        assert_int_equal(info.bytes, size);
        assert_int_equal(info.delimiter, 0);
    }
    tsl__csv_free(csv);
    return out;
}

static void check_by(const char *rows, size_t most_read, const char *expected)
{
    char sheet[8192];
    size_t count;
    snprintf(sheet, sizeof sheet, "<worksheet><sheetData>%s</sheetData></worksheet>", rows);
    char *bytes = make_sheet(sheet, &count);
    for (size_t read = 0; read <= most_read; read += 5) {
        assert_string_equal(show(bytes, count, (tsl__csv_options){.header = -1, .read_bytes = read}), expected);
    }
    free(bytes);
}

static void check(const char *rows, const char *expected)
{
    check_by(rows, 5, expected);
}

#define HEAD "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c></row>"

static void test_cells(void **state)
{
    (void)state;
    check(HEAD "<row r=\"2\"><c r=\"A2\" t=\"s\"><v>2</v></c><c r=\"B2\"><v>33.299999999999997</v></c></row>"
               "<row r=\"3\"><c r=\"A3\" s=\"1\"><v>45292</v></c><c r=\"B3\" s=\"2\"><v>45292.5</v></c></row>"
               "<row r=\"4\"><c r=\"A4\" t=\"b\"><v>1</v></c><c r=\"B4\" t=\"b\"><v>0</v></c></row>"
               "<row r=\"5\"><c r=\"A5\" t=\"e\"><v>#N/A</v></c><c r=\"B5\" t=\"d\"><v>2024-01-31</v></c></row>"
               "<row r=\"6\"><c r=\"A6\" t=\"inlineStr\"><is><t>in</t><rPh><t>no</t></rPh><r><t>line</t></r></is></c>"
               "<c r=\"B6\" t=\"str\"><f>A1</f><v>of &lt;f&gt;</v></c></row>"
               "<row r=\"7\"><c r=\"A7\" t=\"s\"><v>3</v></c><c r=\"B7\" s=\"9\"><v>7</v></c></row>",
          "id|amount\n2 食品|33.3\n3 2024-01-01|2024-01-01 12:00:00\n4 true|false\n5 #N/A|2024-01-31\n"
          "6 inline|of <f>\n7 a\nb,\"c\"|7");
    /* the currency of a format */
    check(HEAD "<row r=\"2\"><c r=\"A2\" t=\"s\"><v>2</v></c><c r=\"B2\" s=\"3\"><v>12.5</v></c></row>"
               "<row r=\"3\"><c r=\"A3\" t=\"s\"><v>2</v></c><c r=\"B3\" s=\"3\"><v>1.25</v></c></row>"
               "<row r=\"4\"><c r=\"A4\" t=\"s\"><v>2</v></c><c r=\"B4\" s=\"3\"><v>1.125</v></c></row>",
          "id|amount\n2 食品|12.5 EUR\n3 食品|1.25 EUR\n4 食品|1.1250 EUR");
    /* the zeros of one */
    check(HEAD "<row r=\"2\"><c r=\"A2\" s=\"4\"><v>7</v></c><c r=\"B2\"><v>7</v></c></row>", "id|amount\n2 00007|7");
    /* a text that holds what divides fields: its row alone is bad */
    check(HEAD "<row r=\"2\"><c r=\"A2\" t=\"s\"><v>4</v></c><c r=\"B2\" t=\"str\"><v>x_x001E_y</v></c></row>"
               "<row r=\"3\"><c r=\"A3\"><v>1</v></c></row>",
          "id|amount\n2! x\xFFy|x\xFFy\n3 1|");
}

static void test_places(void **state)
{
    (void)state;
    /* rows and cells that are left out; no places at all; a prefix; styled cells without a value; a row too wide */
    check(
        "<row r=\"3\"><c r=\"A3\" t=\"s\"><v>0</v></c><c r=\"B3\" t=\"s\"><v>1</v></c><c r=\"C3\" "
        "t=\"str\"><v>x</v></c></row>"
        "<row r=\"5\"><c r=\"B5\"><v>1</v></c></row><row r=\"6\"/><row r=\"7\"><c r=\"A7\" s=\"1\"/><c r=\"B7\"/></row>"
        "<row r=\"9\"><c r=\"C9\"><v>2</v></c><c r=\"E9\"/></row><row r=\"10\"><c r=\"A10\"><v>1</v></c><c "
        "r=\"D10\"><v>2</v></c></row>",
        "id|amount|x\n5 |1|\n9 ||2\n10 1|||2");
    check("<x:row><x:c t=\"str\"><x:v>a</x:v></x:c><x:c "
          "t=\"str\"><x:v>b</x:v></x:c></x:row><x:row><x:c/><x:c><x:v>2</x:v></x:c></x:row>",
          "a|b\n2 |2");
    /* a title, which is wide by its empty cells */
    check_by("<row r=\"1\"><c r=\"A1\" t=\"str\"><v>Sales</v></c><c r=\"B1\"/></row>"
             "<row r=\"3\"><c r=\"A3\" t=\"s\"><v>0</v></c><c r=\"B3\" t=\"s\"><v>1</v></c></row><row r=\"4\"><c "
             "r=\"A4\"><v>5</v></c></row>",
             0, "id|amount\n4 5|\n* bytes: 1 line above the table is passed over: \"Sales\"");
}

static void test_wrong(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"<row r=\"2\"/><row r=\"1\"/>", "rows do not stand in order"},
        {"<row r=\"1048577\"/>", "more than 1,048,576 rows"},
        {"<row r=\"1\"><c r=\"B1\"/><c r=\"A1\"/></row>", "cells do not stand in order"},
        {"<row r=\"1\"><c r=\"A2\"/></row>", "cells do not stand in order"},
        {"<row r=\"1\"><c r=\"XFE1\"/></row>", "more than 16,384 columns"},
        {"<row r=\"1\"><c r=\"A\"/></row>", "cells do not stand in order"},
        {"<row r=\"1\"><c t=\"s\"><v>5</v></c></row>", "a text that is not there"},
        {"<row r=\"1\"><c t=\"s\"><v>-1</v></c></row>", "a text that is not there"},
        {"<row r=\"1\"><c t=\"s\"><v>99999999999999999999</v></c></row>", "a text that is not there"},
        {"<row></c>", "mismatched tag"},
        {"", "is empty"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char sheet[512];
        size_t count;
        snprintf(sheet, sizeof sheet, "<worksheet><sheetData>%s</sheetData></worksheet>", cases[i][0]);
        char *bytes = make_sheet(sheet, &count);
        const char *seen = show(bytes, count, (tsl__csv_options){.header = -1});
        if (!strstr(seen, cases[i][1])) {
            fail_msg("%s: %s", cases[i][0], seen);
        }
        free(bytes);
    }
}

static void test_formulas_and_merges(void **state)
{
    (void)state;
    static const char sheet[] =
        "<worksheet><sheetData>" HEAD "<row r=\"2\"><c r=\"A2\" t=\"str\"><v>x</v></c><c r=\"B2\"><f>1+1</f></c></row>"
        "<row r=\"3\"><c r=\"A3\"/><c r=\"B3\"><f>1+2</f><v>3</v></c></row><row r=\"4\"><c r=\"B4\"><v>4</v></c></row>"
        "<row r=\"5\"><c r=\"B5\"><v>5</v></c></row><row r=\"6\"><c r=\"A6\"><v>6</v></c></row><row "
        "r=\"7\"/></sheetData>"
        "<mergeCells><mergeCell ref=\"B6:B7\"/><mergeCell ref=\"A2:A4\"/><mergeCell ref=\"D1:E1\"/><mergeCell "
        "ref=\"?\"/>"
        "</mergeCells></worksheet>";
    size_t count;
    char *bytes = make_sheet(sheet, &count);
    assert_string_equal(show(bytes, count, (tsl__csv_options){.header = 1}),
                        "id|amount\n2 x|\n3 |3\n4 |4\n5 |5\n6 6|\n"
                        "* bytes: 2 merged ranges run over several rows, of which the first alone holds the value "
                        "(--fill-merged yes fills the others)\n"
                        "* bytes: 1 cell holds a formula without a value, and is empty; open the workbook in a "
                        "spreadsheet program and save it");
    assert_string_equal(show(bytes, count, (tsl__csv_options){.header = 1, .text.fill_merged = 1}),
                        "id|amount\n2 x|\n3 x|3\n4 x|4\n5 |5\n6 6|\n"
                        "* bytes: 1 cell holds a formula without a value, and is empty; open the workbook in a "
                        "spreadsheet program and save it");
    free(bytes);
}

/* Rows that a filter or a user hides are rows, and are counted where they hold something. */
static void test_hidden_rows(void **state)
{
    (void)state;
    static const char sheet[] =
        "<worksheet><sheetData>" HEAD "<row r=\"2\" hidden=\"1\"><c r=\"A2\" t=\"str\"><v>x</v></c></row>"
        "<row r=\"3\" hidden=\"%s\"><c r=\"A3\" t=\"str\"><v>y</v></c></row><row r=\"4\" "
        "hidden=\"1\"/></sheetData></worksheet>";
    static const char *const cases[][2] = {
        {"true", "2 rows are hidden in the workbook, by a filter perhaps, and are read as the others"},
        {"0", "1 row is hidden in the workbook, by a filter perhaps, and is read as the others"}};
    for (size_t i = 0; i < 2; i++) {
        char text[1024], expected[200];
        size_t count;
        snprintf(text, sizeof text, sheet, cases[i][0]);
        snprintf(expected, sizeof expected, "id|amount\n2 x|\n3 y|\n* bytes: %s", cases[i][1]);
        char *bytes = make_sheet(text, &count);
        assert_string_equal(show(bytes, count, (tsl__csv_options){.header = 1}), expected);
        free(bytes);
    }
}

/* Long ranges beside short ones, cells that are there and not, a range whose first cell is empty. */
static void test_filled(void **state)
{
    (void)state;
    char sheet[8192] = "<worksheet><sheetData><row r=\"1\"><c t=\"str\"><v>a</v></c><c t=\"str\"><v>b</v></c><c "
                       "t=\"str\"><v>c</v></c><c t=\"str\"><v>d</v></c></row>",
         expected[1024] = "a|b|c|d", merges[1024] = "";
    size_t count;
    for (int row = 2; row < 20; row++) {
        const int first = row % 3 == 2;
        sprintf(sheet + strlen(sheet), "<row r=\"%d\"><c r=\"A%d\">%s</c>", row, row, row == 2 ? "<v>7</v>" : "");
        if (first) {
            sprintf(sheet + strlen(sheet), "<c r=\"B%d\" t=\"str\"><v>x%d</v></c>", row, row);
        }
        sprintf(sheet + strlen(sheet), "<c r=\"D%d\"><v>%d</v></c></row>", row, row);
        sprintf(expected + strlen(expected), "\n%d 7|x%d||%d", row, row - (row - 2) % 3, row);
        if (first) {
            sprintf(merges + strlen(merges), "<mergeCell ref=\"B%d:B%d\"/>", row, row + 2);
        }
    }
    sprintf(sheet + strlen(sheet),
            "</sheetData><mergeCells>%s<mergeCell ref=\"C3:C9\"/><mergeCell ref=\"A2:A19\"/></mergeCells></worksheet>",
            merges);
    char *bytes = make_sheet(sheet, &count);
    assert_string_equal(show(bytes, count, (tsl__csv_options){.header = 1, .text.fill_merged = 1}), expected);
    free(bytes);
}

static int is_amount(const void *of, const char *name)
{
    return strcmp(name, of) == 0;
}

/* What is added up is not filled, and that is told; its name, merged itself, is. */
static void test_sums_are_not_filled(void **state)
{
    (void)state;
    static const char sheet[] =
        "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"str\"><v>Sales</v></c></row>"
        "<row r=\"2\"><c r=\"A2\" t=\"str\"><v>id</v></c><c r=\"B2\" t=\"str\"><v>paid</v></c><c r=\"C2\" t=\"str\">"
        "<v>size</v></c></row><row r=\"3\"><c r=\"A3\" t=\"str\"><v>id</v></c><c r=\"C3\" "
        "t=\"str\"><v>size</v></c></row>"
        "<row r=\"4\"><c r=\"A4\"><v>7</v></c><c r=\"B4\"><v>30</v></c><c r=\"C4\"><v>1</v></c></row>"
        "<row r=\"5\"><c r=\"A5\"/></row><row r=\"6\"><c r=\"B6\" t=\"str\"><v>5 EUR</v></c></row><row r=\"7\"/>"
        "</sheetData><mergeCells><mergeCell ref=\"A4:A5\"/><mergeCell ref=\"B2:B3\"/><mergeCell ref=\"B4:B5\"/>"
        "<mergeCell ref=\"B6:B7\"/><mergeCell ref=\"C4:C7\"/></mergeCells></worksheet>";
    size_t count;
    char *bytes = make_sheet(sheet, &count);
    const tsl__csv_options opt = {.header = 1, .text.fill_merged = 1, .text.summed = is_amount, .text.of = "paid"};
    assert_string_equal(
        show(bytes, count, opt),
        "id|paid|size\n3 id|paid|size\n4 7|30|1\n5 7||1\n6 |5 EUR|1\n7 ||1\n"
        "* bytes: 2 merged ranges are not filled, as what is added up would count once a row: the first "
        "row alone holds the value, and it is missing in the others\n"
        "* bytes: 1 line above the table is passed over: \"Sales\"");
    free(bytes);
}

static void test_sheets(void **state)
{
    (void)state;
    const char *const parts[] = {"xl/workbook.xml",
                                 WORKBOOK("<sheet name=\"Hidden\" state=\"hidden\" r:id=\"h\"/>" SHEET("Chart", "c")
                                              SHEET("Orders", "a") SHEET("订单", "b")),
                                 "xl/_rels/workbook.xml.rels",
                                 RELATIONS(RELATION("b", "worksheet", "worksheets/two.xml")
                                               RELATION("h", "worksheet", "../xl/worksheets/two.xml")
                                                   RELATION("c", "chartsheet", "c.xml")),
                                 "xl/sharedStrings.xml",
                                 SHARED,
                                 "xl/styles.xml",
                                 STYLES,
                                 "xl/worksheets/sheet1.xml",
                                 "<worksheet><sheetData>" HEAD "</sheetData></worksheet>",
                                 "xl/worksheets/two.xml",
                                 "<worksheet><sheetData><row><c t=\"str\"><v>two</v></c></row></sheetData></worksheet>",
                                 NULL};
    size_t count;
    char *bytes = make_book(parts, &count);
    assert_string_equal(show(bytes, count, (tsl__csv_options){.header = 1}),
                        "id|amount\n* bytes: the sheet \"Orders\" is read, of 3: Hidden (hidden), Orders, 订单 "
                        "(--sheet names another)");
    assert_string_equal(show(bytes, count, (tsl__csv_options){.header = 1, .text.sheet = "订单"}), "two");
    assert_string_equal(show(bytes, count, (tsl__csv_options){.header = 1, .text.sheet = "Hidden"}),
                        "two\n* bytes: the sheet \"Hidden\" is hidden in the workbook, and is read");
    assert_string_equal(show(bytes, count, (tsl__csv_options){.header = 1, .text.sheet = "Chart"}),
                        "bytes: has no sheet \"Chart\"; its sheets are Hidden, Chart, Orders, 订单");
    free(bytes);
}

static void test_others(void **state)
{
    (void)state;
    static const char *const parts[][3] = {
        {"content.xml", "<x/>", NULL}, {"xl/workbook.bin", "x", NULL}, {"a.csv", "a,b\n", NULL}};
    static const char *const words[] = {"OpenDocument", "binary Excel workbook", "without an Excel workbook"};
    for (size_t i = 0; i < 3; i++) {
        size_t count;
        char *bytes = make_book(parts[i], &count);
        assert_non_null(strstr(show(bytes, count, (tsl__csv_options){.header = 1}), words[i]));
        free(bytes);
    }
    assert_non_null(strstr(show("PK\x03\x04xxxx", 8, (tsl__csv_options){.header = 1}), "ZIP archive is damaged"));
    assert_non_null(strstr(show("\xD0\xCF\x11\xE0xxxx", 8, (tsl__csv_options){.header = 1}),
                           "of the old form, or an encrypted one"));
}

/* Entities, elements in elements, and what unpacks to far more than people write. */
static void test_hostile(void **state)
{
    (void)state;
    size_t count;
    char *bytes = make_sheet("<!DOCTYPE x [<!ENTITY a SYSTEM \"/etc/passwd\">]><worksheet><sheetData><row><c "
                             "t=\"str\"><v>&a;</v></c></row></sheetData></worksheet>",
                             &count);
    assert_non_null(strstr(show(bytes, count, (tsl__csv_options){.header = 1}), "it declares a document type"));
    free(bytes);
    char *deep = calloc(1, 4 * 200 + 1);
    for (int i = 0; i < 200; i++) {
        strcat(deep, "<x>");
    }
    bytes = make_sheet(deep, &count);
    assert_non_null(strstr(show(bytes, count, (tsl__csv_options){.header = 1}), "too deep"));
    free(bytes);
    free(deep);
    const size_t size = (size_t)80 << 20, cell = (size_t)300 << 10;
    char *large = malloc(size + 1);
    memset(large, ' ', size);
    memcpy(large, "<worksheet>", 11);
    large[size] = 0;
    bytes = make_sheet(large, &count);
    assert_true(count < size / 400);
    assert_non_null(strstr(show(bytes, count, (tsl__csv_options){.header = 1}), "larger than any that people write"));
    free(bytes);
    memset(large, 'x', cell);
    memcpy(large, "<x><row><c t=\"str\"><v>", 22);
    strcpy(large + cell, "</v></c></row></x>");
    bytes = make_sheet(large, &count);
    assert_non_null(strstr(show(bytes, count, (tsl__csv_options){.header = 1}), "longer than those of any cell"));
    free(bytes);
    free(large);
}

/* A million empty rows are none, and so much text as its marks take is all that is held of them. */
static void test_empty_rows(void **state)
{
    (void)state;
    check_by(HEAD "<row r=\"1048576\"><c r=\"A1048576\"><v>7</v></c></row>", 0, "id|amount\n1048576 7|");
    check_by(HEAD "<row r=\"1048577\"><c><v>7</v></c></row>", 0,
             "bytes:1: the sheet cannot be read: it has more than 1,048,576 rows");
    check_by(HEAD "<row r=\"2\"><c r=\"XFE2\"><v>7</v></c></row>", 0,
             "bytes:2: the sheet cannot be read: it has more than 16,384 columns");
}

/* Damaged in any byte, or cut anywhere, it is read or refused, and nothing else. */
static void test_damaged(void **state)
{
    (void)state;
    size_t count;
    char *bytes = make_sheet(
        "<worksheet><sheetData>" HEAD "<row r=\"2\"><c r=\"A2\"><v>1</v></c></row></sheetData></worksheet>", &count);
    char whole[256];
    strcpy(whole, show(bytes, count, (tsl__csv_options){.header = 1}));
    assert_string_equal(whole, "id|amount\n2 1|");
    int refused = 0;
    for (size_t i = 0; i < count; i++) {
        bytes[i] ^= (char)(1 << i % 8);
        refused += strcmp(show(bytes, count, (tsl__csv_options){.header = 1}), whole) != 0;
        bytes[i] ^= (char)(1 << i % 8);
        assert_string_not_equal(show(bytes, i + !i, (tsl__csv_options){.header = 1}), whole);
    }
    assert_true(refused * 2 > (int)count);
    free(bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cells),       cmocka_unit_test(test_places),  cmocka_unit_test(test_wrong),
        cmocka_unit_test(test_sheets),      cmocka_unit_test(test_others),  cmocka_unit_test(test_formulas_and_merges),
        cmocka_unit_test(test_empty_rows),  cmocka_unit_test(test_hostile), cmocka_unit_test(test_damaged),
        cmocka_unit_test(test_hidden_rows), cmocka_unit_test(test_filled),  cmocka_unit_test(test_sums_are_not_filled),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
