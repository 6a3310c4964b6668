/* test_hostile_values.c: what comes out of cells that are made to be misread, in each format: a value, or words. */
#include "workbook.h"

#define SHOWN 200

typedef struct hostile {
    const char *cell, *out;
} hostile;

static void put_amount(int64_t amount, char out[SHOWN])
{
    int n = snprintf(out, SHOWN, "%s%lld.%04lld", amount < 0 ? "-" : "", (long long)llabs(amount) / TSL_DECIMAL_ONE,
                     (long long)llabs(amount) % TSL_DECIMAL_ONE);
    while (out[n - 1] == '0') {
        out[--n] = '\0';
    }
    out[n - 1] = out[n - 1] == '.' ? '\0' : out[n - 1];
}

/* What a table of these bytes makes of the first row's amount ('a'), day and time ('d') or customer ('i'), as a text;
 * "rejected" where the row is, "refused" where the table is; behind it "!", where notes say something. */
static const char *read_first(const char *name, const void *bytes, size_t count, int what, char out[SHOWN])
{
    reading *r = new_reading(TSL_TRANSACTIONS);
    add_file(r, write_bytes(name, bytes, count));
    r->opt.max_rejects = 1;
    if (run(r) != TSL_OK) {
        snprintf(out, SHOWN, "refused");
    } else if (r->table->rows < 2) {
        snprintf(out, SHOWN, "%s", r->rejects == 1 && r->reject[0].line == 2 ? "rejected" : "?");
    } else if (what == 'd') {
        const int64_t time = column(r, TSL_ROLE_TIME)->integer[0];
        char day[11];
        tsl_day_write((int32_t)((time - ((time % 86400) + 86400) % 86400) / 86400), day);
        snprintf(out, SHOWN, "%s %02d:%02d", day, (int)(((time % 86400) + 86400) % 86400 / 3600),
                 (int)(((time % 86400) + 86400) % 3600 / 60));
    } else if (what == 'i') {
        snprintf(out, SHOWN, "%s", text_at(column(r, TSL_ROLE_CUSTOMER), 0));
    } else {
        const int64_t amount = column(r, TSL_ROLE_AMOUNT)->integer[0];
        put_amount(amount, out);
    }
    if (r->table && r->table->info.notes.count) {
        strcat(out, " !");
    }
    free_reading(r);
    return out;
}

static void check_all(const hostile *cases, size_t count, const char *(*read)(const char *cell, char out[SHOWN]))
{
    int wrong = 0;
    for (size_t i = 0; i < count; i++) {
        char out[SHOWN];
        read(cases[i].cell, out);
        if (strcmp(out, cases[i].out) != 0) {
            print_message("{\"%s\", \"%s\"}, not \"%s\"\n", cases[i].cell, out, cases[i].out);
            wrong++;
        }
    }
    assert_int_equal(wrong, 0);
}
#define CHECK_ALL(cases, read) check_all(cases, sizeof(cases) / sizeof *(cases), read)

/* ---- CSV ---------------------------------------------------------------------------- */

static const char *read_amount(const char *cell, char out[SHOWN])
{
    char text[600];
    const int n = snprintf(text, sizeof text, "customer,date,amount\nx,2024-01-05,\"%s\"\ny,2024-01-06,7\n", cell);
    return read_first("t.csv", text, (size_t)n, 'a', out);
}

static void test_amounts(void **state)
{
    (void)state;
    static const hostile cases[] = {
        {"1.5.2", "rejected"},
        {"1,23,456.00", "123456"},
        {"1'234.50", "1234.5"},
        {"0x10", "rejected"},
        {"1e400", "rejected"},
        {"-0", "0"},
        {"--5", "rejected"},
        {"+5", "5"},
        {"5-", "-5"},
        {".5", "0.5"},
        {"5.", "5"},
        {"٣", "3"},
        {"1\xC2\xA0"
         "234",
         "1234"},
        {"1\xE2\x80\x89"
         "234",
         "1234"},
        {"1,234", "1234 !"},
        {"true", "rejected"},
        {"#N/A", "rejected"},
        {"#DIV/0!", "rejected"},
        {"1e2", "100"},
        {"123456789012345678901234567890", "rejected"},
        {"922337203685477.5807", "922337203685477.5807"},
        {"922337203685477.5808", "rejected"},
        {"-0.00", "0"},
        {"NaN", "rejected"},
        {"inf", "rejected"},
        {"Infinity", "rejected"},
        {"-inf", "rejected"},
        {"1 2", "rejected"},
        {"1_000", "rejected"},
        {"1,5", "1.5"},
        {"1,23", "1.23"},
        {"12,345.6", "12345.6"},
        {"12.345,6", "12345.6"},
        {"1.234.567", "1234567"},
        {"1,234,567", "1234567"},
        {"0,123", "0.123"},
        {"00123", "123"},
        {"007.50", "7.5"},
        {"20.-", "20"},
        {"20,--", "20"},
        {"20.-5", "rejected"},
        {"(5)", "-5"},
        {"(-5)", "rejected"},
        {"-(5)", "rejected"},
        {"(5", "rejected"},
        {"5)", "rejected"},
        {"5%", "0.05 !"},
        {"5 %", "0.05 !"},
        {"$5", "5 !"},
        {"5$", "5 !"},
        {"$-5", "-5 !"},
        {"-$5", "-5 !"},
        {"$5 USD", "5 !"},
        {"$5 EUR", "rejected"},
        {"1/2", "rejected"},
        {"1:30", "rejected"},
        {"5e", "rejected"},
        {"5e+", "rejected"},
        {"e5", "rejected"},
        {"1e-5", "0 !"},
        {"1E3", "1000"},
        {"1,5e3", "1500"},
        {"½", "rejected"},
        {"²", "rejected"},
        {"５", "5"},
        {"1２3", "123"},
        {"五", "rejected"},
        {"十", "rejected"},
        {"1,", "rejected"},
        {",", "rejected"},
        {".", "rejected"},
        {"-", "rejected"},
        {"+", "rejected"},
        {"+-5", "rejected"},
        {"5+", "rejected"},
        {"5+5", "rejected"},
        {"=5", "rejected"},
        {"'5", "rejected"},
        {"\xE2\x88\x92"
         "5",
         "-5"},
        {"5\xE2\x80\x8B", "rejected"},
        {"\xE2\x80\x8B"
         "5",
         "rejected"},
        {"5 000,00", "5000"},
        {"5 00", "rejected"},
        {"1.2e1.5", "rejected"},
        {"5 CR", "rejected"},
        {"5 DR", "rejected"},
        {"12k", "12000 !"},
        {"12K", "12000 !"},
        {"1.5m", "rejected"},
        {"null", "rejected"},
        {"None", "rejected"},
        {"", "rejected"},
        {" ", "rejected"},
        {"n/a", "rejected"},
        {"0.00005", "0 !"},
        {"1e-400", "0 !"},
        {"1e0005", "100000"},
        {"1E+3", "1000"},
        {"1,000.000", "1000"},
        {"1.000,000", "1000"},
        {"1.00.000", "rejected"},
        {"1,000,00", "rejected"},
        {"10,00,000", "1000000"},
        {"1,0000", "1"},
        {"1.234'5", "rejected"},
        {"1'234'567", "1234567"},
        {"1’234", "1234"},
        {"12'34", "rejected"},
        {"1 234.567", "1234.567"},
    };
    CHECK_ALL(cases, read_amount);
}

static const char *read_date(const char *cell, char out[SHOWN])
{
    char text[600];
    const int n = snprintf(text, sizeof text, "customer,date,amount\nx,\"%s\",5\ny,2024-01-06,7\n", cell);
    return read_first("t.csv", text, (size_t)n, 'd', out);
}

static void test_days(void **state)
{
    (void)state;
    static const hostile cases[] = {
        {"2024-01-05 12:60", "rejected"},
        {"31.02.2024", "rejected"},
        {"2024-02-30", "rejected"},
        {"29 Feb 1900", "rejected"},
        {"60", "rejected"},
        {"2024-13-01", "rejected"},
        {"2024-00-10", "rejected"},
        {"2024-01-05 24:00", "2024-01-06 00:00 !"},
        {"2024-01-05 25:00", "rejected"},
        {"2024-01-05T08:00+14:00", "2024-01-05 08:00 !"},
        {"2024-01-05T08:00+14:01", "rejected"},
        {"2024-01-05T08:00+15:00", "rejected"},
        {"2024-01-05T08:00-1500", "rejected"},
        {"2024-01-05T08:00+25:00", "rejected"},
        {"29.02.2023", "rejected"},
        {"2024-1-5", "2024-01-05 00:00"},
        {"05.01.2024", "2024-01-05 00:00"},
        {"3/4/2024", "refused"},
        {"13/4/2024", "2024-04-13 00:00"},
        {"4/13/2024", "2024-04-13 00:00"},
        {"20240105", "refused"},
        {"45296", "refused"},
        {"1704412800", "refused"},
        {"2024", "refused"},
        {"2024-01", "rejected"},
        {"Jan 2024", "rejected"},
        {"5 Foo 2024", "rejected"},
        {"2024-01-05 8:00 PM", "2024-01-05 20:00 !"},
        {"2024-01-05 13:00 PM", "rejected"},
        {"2024-01-05 0:30 AM", "rejected"},
        {"2024-01-05 12:30 AM", "2024-01-05 00:30 !"},
        {"2024-01-05 08:00 CST", "rejected"},
        {"12/31/99", "1999-12-31 00:00 !"},
        {"1899-12-31", "rejected !"},
        {"2201-01-01", "rejected"},
        {"0000-00-00", "rejected !"},
        {"9999-12-31", "rejected !"},
        {"1900-01-01", "1900-01-01 00:00 !"},
        {"2024年1月5日", "2024-01-05 00:00"},
        {"2024年2月30日", "rejected"},
        {"Tue, 5 Jan 2024", "rejected"},
        {"Fri, 5 Jan 2024", "2024-01-05 00:00"},
        {"-1", "rejected"},
        {"true", "rejected"},
        {"NaN", "rejected"},
        {"2024-01-05x", "rejected"},
        {"2024-01-05 08", "rejected"},
        {"2024-01-05 08:00:60", "rejected"},
        {"1.5", "refused"},
    };
    CHECK_ALL(cases, read_date);
}

/* ---- JSON Lines ----------------------------------------------------------------------- */

static const char *read_json(const char *cell, char out[SHOWN])
{
    char lines[600];
    snprintf(lines, sizeof lines,
             "{\"date\":\"2024-01-06\",\"customer\":\"z\",\"amount\":7}\n"
             "{\"date\":\"2024-01-05\",\"customer\":\"x\",\"amount\":%s}\n"
             "{\"date\":\"2024-01-06\",\"customer\":\"y\",\"amount\":7}\n",
             cell);
    reading *r = new_reading(TSL_TRANSACTIONS);
    add_file(r, write_text("t.jsonl", lines));
    r->opt.max_rejects = 1;
    if (run(r) != TSL_OK) {
        snprintf(out, SHOWN, "refused");
    } else if (r->table->rows == 2) {
        snprintf(out, SHOWN, "rejected");
    } else {
        put_amount(column(r, TSL_ROLE_AMOUNT)->integer[1], out);
    }
    free_reading(r);
    return out;
}

static void test_json(void **state)
{
    (void)state;
    static const hostile cases[] = {
        {"5", "5"},
        {"-0", "0"},
        {"-0.0", "0"},
        {"1e2", "100"},
        {"1e400", "rejected"},
        {"\"5\"", "5"},
        {"\"1.234,50\"", "1234.5"},
        {"1.234", "1.234"},
        {"true", "rejected"},
        {"null", "rejected"},
        {"5,\"amount\":6", "rejected"},
        {"{\"v\":5}", "refused"},
        {"[5]", "refused"},
        {"NaN", "rejected"},
        {"Infinity", "rejected"},
        {"05", "rejected"},
        {"+5", "rejected"},
        {".5", "rejected"},
        {"5.", "rejected"},
        {"0x10", "rejected"},
        {"12345678901234567890", "rejected"},
        {"\"\"", "rejected"},
        {"\"NaN\"", "rejected"},
        {"\"5\\u0000\"", "rejected"},
        {"\"\\ud800\"", "rejected"},
        {"5 6", "rejected"},
        {"'5'", "rejected"},
        {"0.1e1", "1"},
        {"123456789012345.12345", "123456789012345.1234"},
    };
    CHECK_ALL(cases, read_json);
}

/* ---- Workbooks ---------------------------------------------------------------------------- */

static const char *read_cells(const char *cells, int from_1904, int what, char out[SHOWN])
{
    char sheet[2000], book[400];
    size_t count;
    snprintf(book, sizeof book,
             "<workbook xmlns:r=\"x\"><workbookPr%s/><sheets><sheet name=\"a\" sheetId=\"1\" "
             "r:id=\"a\"/></sheets></workbook>",
             from_1904 ? " date1904=\"1\"" : "");
    snprintf(sheet, sizeof sheet,
             "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"str\"><v>customer</v></c><c r=\"B1\" "
             "t=\"str\"><v>date</v></c><c "
             "r=\"C1\" t=\"str\"><v>amount</v></c></row><row r=\"2\">%s</row><row r=\"3\"><c r=\"A3\" "
             "t=\"str\"><v>y</v></c><c r=\"B3\" t=\"str\"><v>2024-01-06</v></c><c "
             "r=\"C3\"><v>7</v></c></row></sheetData></worksheet>",
             cells);
    const char *const parts[] = {
        "xl/workbook.xml",
        book,
        "xl/_rels/workbook.xml.rels",
        "<Relationships><Relationship Id=\"a\" "
        "Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" "
        "Target=\"worksheets/sheet1.xml\"/>"
        "<Relationship Id=\"s\" "
        "Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings\" "
        "Target=\"sharedStrings.xml\"/>"
        "<Relationship Id=\"t\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" "
        "Target=\"styles.xml\"/></Relationships>",
        "xl/sharedStrings.xml",
        "<sst><si><r><t>1</t></r><r><t>2</t></r><rPh><t>x</t></rPh></si><si><t>1.234,50</t></si><si><t>31.12.2023</t></"
        "si></sst>",
        "xl/styles.xml",
        "<styleSheet><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"22\"/><xf numFmtId=\"10\"/><xf "
        "numFmtId=\"46\"/></cellXfs></styleSheet>",
        "xl/worksheets/sheet1.xml",
        sheet,
        NULL};
    char *bytes = make_book(parts, &count);
    read_first("t.xlsx", bytes, count, what, out);
    free(bytes);
    return out;
}

static const char *read_xlsx_amount(const char *cell, char out[SHOWN])
{
    char cells[600];
    snprintf(cells, sizeof cells, "<c r=\"A2\" t=\"str\"><v>x</v></c><c r=\"B2\" t=\"str\"><v>2024-01-05</v></c>%s",
             cell);
    return read_cells(cells, 0, 'a', out);
}

static void test_xlsx_amounts(void **state)
{
    (void)state;
    static const hostile cases[] = {
        {"<c r=\"C2\"><v>5</v></c>", "5"},
        {"<c r=\"C2\"><v>-0</v></c>", "0"},
        {"<c r=\"C2\"><v>33.299999999999997</v></c>", "33.3"},
        {"<c r=\"C2\"><v>1.234</v></c>", "1.234"},
        {"<c r=\"C2\" t=\"s\"><v>0</v></c>", "12"},
        {"<c r=\"C2\" t=\"s\"><v>1</v></c>", "1234.5"},
        {"<c r=\"C2\" t=\"s\"><v>9</v></c>", "refused"},
        {"<c r=\"C2\" t=\"s\"><v>-1</v></c>", "refused"},
        {"<c r=\"C2\" t=\"b\"><v>1</v></c>", "rejected"},
        {"<c r=\"C2\" t=\"e\"><v>#N/A</v></c>", "rejected"},
        {"<c r=\"C2\" t=\"e\"><v>#DIV/0!</v></c>", "rejected"},
        {"<c r=\"C2\"/>", "rejected"},
        {"<c r=\"C2\"><f>1+1</f></c>", "rejected !"},
        {"<c r=\"C2\" t=\"inlineStr\"><is><t>5</t></is></c>", "5"},
        {"<c r=\"C2\" t=\"inlineStr\"><is><r><t>1</t></r><r><t>5</t></r></is></c>", "15"},
        {"<c r=\"C2\" s=\"1\"><v>45296</v></c>", "rejected"},
        {"<c r=\"C2\" s=\"3\"><v>0.05</v></c>", "0.05"},
        {"<c r=\"C2\" s=\"4\"><v>1.5</v></c>", "rejected"},
        {"<c r=\"C2\"><v>1e400</v></c>", "rejected"},
        {"<c r=\"C2\"><v>NaN</v></c>", "rejected"},
        {"<c r=\"C2\"><v>1e15</v></c>", "rejected"},
        {"<c r=\"C2\"><v>0x10</v></c>", "rejected"},
        {"<c r=\"C2\" t=\"n\"><v>1,5</v></c>", "1.5"},
        {"<c r=\"C2\" t=\"zz\"><v>5</v></c>", "5"},
    };
    CHECK_ALL(cases, read_xlsx_amount);
}

static const char *read_xlsx_date(const char *cell, char out[SHOWN])
{
    char cells[600];
    snprintf(cells, sizeof cells, "<c r=\"A2\" t=\"str\"><v>x</v></c>%s<c r=\"C2\"><v>5</v></c>",
             cell + (*cell == '4'));
    return read_cells(cells, *cell == '4', 'd', out);
}

static void test_xlsx_dates(void **state)
{
    (void)state;
    static const hostile cases[] = {
        {"<c r=\"B2\" s=\"1\"><v>45296</v></c>", "2024-01-05 00:00"},
        {"4<c r=\"B2\" s=\"1\"><v>43834</v></c>", "2024-01-05 00:00"},
        {"<c r=\"B2\" s=\"1\"><v>60</v></c>", "rejected"},
        {"4<c r=\"B2\" s=\"1\"><v>60</v></c>", "1904-03-01 00:00"},
        {"<c r=\"B2\" s=\"1\"><v>0</v></c>", "rejected"},
        {"<c r=\"B2\" s=\"1\"><v>61</v></c>", "1900-03-01 00:00"},
        {"<c r=\"B2\" s=\"1\"><v>59</v></c>", "1900-02-28 00:00"},
        {"<c r=\"B2\"><v>45296</v></c>", "refused"},
        {"<c r=\"B2\" t=\"s\"><v>2</v></c>", "2023-12-31 00:00"},
        {"<c r=\"B2\" s=\"2\"><v>45296.999999999</v></c>", "2024-01-06 00:00 !"},
        {"<c r=\"B2\" s=\"1\"><v>-1</v></c>", "rejected"},
        {"<c r=\"B2\" s=\"1\"><v>3000000</v></c>", "rejected"},
        {"<c r=\"B2\" t=\"b\"><v>1</v></c>", "rejected"},
        {"<c r=\"B2\" t=\"e\"><v>#VALUE!</v></c>", "rejected"},
        {"<c r=\"B2\" t=\"d\"><v>2024-01-05T10:30:00</v></c>", "2024-01-05 10:30 !"},
        {"<c r=\"B2\" s=\"4\"><v>45296</v></c>", "rejected"},
        {"4<c r=\"B2\" t=\"str\"><v>2024-01-05</v></c>", "2024-01-05 00:00 !"}, /* numbers would be of 1900 */
        {"4<c r=\"B2\"><v>43834</v></c>", "refused"},
    };
    CHECK_ALL(cases, read_xlsx_date);
}

static const char *read_xlsx_id(const char *cell, char out[SHOWN])
{
    char cells[600];
    snprintf(cells, sizeof cells, "%s<c r=\"B2\" t=\"str\"><v>2024-01-05</v></c><c r=\"C2\"><v>5</v></c>", cell);
    return read_cells(cells, 0, 'i', out);
}

static void test_xlsx_ids(void **state)
{
    (void)state;
    static const hostile cases[] = {
        {"<c r=\"A2\"><v>17850</v></c>", "17850"},
        {"<c r=\"A2\"><v>123456789012345</v></c>", "123456789012345"},
        {"<c r=\"A2\"><v>6222021234567890123</v></c>", "rejected"},
        {"<c r=\"A2\"><v>6.2220212345678899E+18</v></c>", "rejected"},
        {"<c r=\"A2\"><v>1234567890123456</v></c>", "rejected"},
        {"<c r=\"A2\" t=\"str\"><v>6222021234567890123</v></c>", "6222021234567890123"},
        {"<c r=\"A2\" t=\"e\"><v>#N/A</v></c>", "rejected"},
        {"<c r=\"A2\" t=\"b\"><v>1</v></c>", "true"},
        {"<c r=\"A2\"><v>17850.0</v></c>", "17850"},
        {"<c r=\"A2\"><v>1E5</v></c>", "100000"},
    };
    CHECK_ALL(cases, read_xlsx_id);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_amounts),    cmocka_unit_test(test_days),
                                       cmocka_unit_test(test_json),       cmocka_unit_test(test_xlsx_amounts),
                                       cmocka_unit_test(test_xlsx_dates), cmocka_unit_test(test_xlsx_ids)};
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
