/* test_csv.c: records and fields, delimiters, headers, files that are no text. */
#include "table/source/csv.h"

#include "base/text.h"
#include "table/names/roles.h"

#include "help.h"

static tsl__csv *open_bytes(const char *text, size_t count, tsl__csv_options opt)
{
    tsl__csv *csv;
    tsl_error err;
    tsl_source from = source_of(write_bytes("t.csv", text, count));
    opt.from = &from;
    if (tsl__csv_open(&opt, &csv, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    return csv;
}

static tsl__csv *open_text(const char *text)
{
    return open_bytes(text, strlen(text), (tsl__csv_options){.header = -1});
}

/* The next record as "a|b|c", with "@line" in front. */
static const char *next(tsl__csv *csv)
{
    static char out[4096];
    tsl__record r;
    tsl_error err;
    if (tsl__csv_read(csv, &r, &err) != TSL_OK) {
        return strcpy(out, err.message);
    }
    if (r.count == 0) {
        return "end";
    }
    size_t at = (size_t)sprintf(out, "@%d ", (int)r.line);
    for (size_t i = 0; i < r.count; i++) {
        at += (size_t)sprintf(out + at, "%s%.*s", i ? "|" : "", (int)r.field[i].n, r.field[i].s);
    }
    if (!r.valid) {
        strcpy(out + at, " invalid");
    } else if (r.stray) {
        sprintf(out + at, " stray %zu", r.stray);
    }
    return out;
}

static void test_records(void **state)
{
    (void)state;
    tsl__csv *csv = open_text("a,b,c\n1,2,3\r\n4,5,6\r7, 8 ,9\n\n\r\n,,\n10,11,12");
    assert_string_equal(next(csv), "@2 1|2|3");
    assert_string_equal(next(csv), "@3 4|5|6");
    assert_string_equal(next(csv), "@4 7|8|9");
    assert_string_equal(next(csv), "@7 ||");
    assert_string_equal(next(csv), "@8 10|11|12");
    assert_string_equal(next(csv), "end");
    assert_string_equal(next(csv), "end");
    tsl__csv_free(csv);
}

static void test_quotes(void **state)
{
    (void)state;
    tsl__csv *csv = open_text("a,b\n"
                              "\"x,y\",\"say \"\"hi\"\"\"\n"
                              "\"two\nlines\r\nthree\",1\n"
                              "12\" disk,a\"b\"\n"
                              "\"\",\"\"\"\"\n"
                              "\"a\"b,c\n"
                              "1,\"$90,000 \"\n"
                              "\"x\" ,y\n"
                              "last,\"no newline\"");
    assert_string_equal(next(csv), "@2 x,y|say \"hi\"");
    assert_string_equal(next(csv), "@3 two\nlines\r\nthree|1");
    assert_string_equal(next(csv), "@6 12\" disk|a\"b\"");
    assert_string_equal(next(csv), "@7 |\"");
    assert_string_equal(next(csv), "@8 a|c stray 1");
    assert_string_equal(next(csv), "@9 1|$90,000");
    assert_string_equal(next(csv), "@10 x|y");
    assert_string_equal(next(csv), "@11 last|no newline");
    assert_string_equal(next(csv), "end");
    tsl__csv_free(csv);
}

/* A quote behind blanks opens a field where it is closed on its line, and nothing but blanks is behind it. */
static void test_quotes_behind_blanks(void **state)
{
    (void)state;
    static const struct {
        const char *line, *fields;
    } rows[] = {
        {"1, \"x\"", "1|x"},
        {"  \"1\" ,\t\"x, y\"\t", "1|x, y"},
        {"1, \"say \"\"hi\"\"\"", "1|say \"hi\""},
        {"1, \"\"", "1|"},
        {"1, \" x \"", "1|x"},
        {"1, 12\" disk", "1|12\" disk"},
        {"1, \"12\" disk", "1|\"12\" disk"},
        {"1, \"12\" disk\"", "1|\"12\" disk\""},
        {"1, a \"b\"", "1|a \"b\""},
        {"1, \"x", "1|\"x"},
        {"1, \"\"\"", "1|\"\"\""},
        {"\" \"\"x\"\" \",2", "\"x\"|2"}, /* within quotes they are text */
    };
    tsl__text text = {0};
    tsl__text_puts(&text, "\"id\", \"name\"\n");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        tsl__text_printf(&text, "%s%s", rows[i].line, i % 2 ? "\r\n" : "\n");
    }
    for (size_t bytes = 0; bytes < 40; bytes++) {
        tsl__csv *csv = open_bytes(text.data, text.length, (tsl__csv_options){.header = 1, .read_bytes = bytes});
        size_t names;
        assert_string_equal(tsl__csv_get_names(csv, &names)[1], "name");
        for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
            char expected[64];
            snprintf(expected, sizeof expected, "@%zu %s", i + 2, rows[i].fields);
            assert_string_equal(next(csv), expected);
        }
        assert_string_equal(next(csv), "end");
        tsl__csv_free(csv);
    }
    tsl__text_free(&text);
}

/* A spreadsheet's ="007" is the text alone, where it is the whole cell. */
static void test_guards(void **state)
{
    (void)state;
    tsl__csv *csv = open_text("=\"id\",b\n=\"007\",1\n\"=\"\"C00\"\"\",2\n=\"\",=\"x y\"\n =\"7\" ,=\"a\"\"b\"\n"
                              "=\"7,\"=\"\"7\"\n=\"7\"&A1,x=\"7\"\n=7,\"=7\"\n");
    size_t count;
    assert_string_equal(tsl__csv_get_names(csv, &count)[0], "id");
    assert_string_equal(next(csv), "@2 007|1");
    assert_string_equal(next(csv), "@3 C00|2");
    assert_string_equal(next(csv), "@4 |x y");
    assert_string_equal(next(csv), "@5 7|=\"a\"\"b\"");
    assert_string_equal(next(csv), "@6 =\"7|=\"7");
    assert_string_equal(next(csv), "@7 =\"7\"&A1|x=\"7\"");
    assert_string_equal(next(csv), "@8 =7|=7");
    tsl__csv_free(csv);
}

static void test_unclosed_quote(void **state)
{
    (void)state;
    tsl__csv *csv = open_text("a,b\n1,2\n\"x\ny\",\"3\n4\n5");
    assert_string_equal(next(csv), "@2 1|2");
    assert_non_null(strstr(next(csv), "t.csv:4: the quote that opens on this line is not closed"));
    tsl__csv_free(csv);
}

static void test_encoding(void **state)
{
    (void)state;
    static const char text[] = "a,b\nok,食品\nbad,\xD6\xD0\xB9\xFA\nx,\0y\nok,2\n";
    tsl__csv *csv = open_bytes("a,b\nok,食品\nbad,\xD6\xD0\xB9\xFA\nok,2\n",
                               strlen("a,b\nok,食品\nbad,\xD6\xD0\xB9\xFA\nok,2\n"), (tsl__csv_options){.header = -1});
    assert_string_equal(next(csv), "@2 ok|食品");
    assert_non_null(strstr(next(csv), "invalid"));
    assert_string_equal(next(csv), "@4 ok|2");
    tsl__csv_free(csv);
    /* a NUL spoils its row alone, near the front and far behind */
    csv = open_bytes(text, sizeof text - 1, (tsl__csv_options){.header = -1});
    assert_string_equal(next(csv), "@2 ok|食品");
    assert_non_null(strstr(next(csv), "invalid"));
    assert_non_null(strstr(next(csv), "invalid"));
    assert_string_equal(next(csv), "@5 ok|2");
    tsl__csv_free(csv);
    char *far = malloc(10000);
    memset(far, '\n', 10000);
    memcpy(far, "a,b\n", 4);
    memcpy(far + 9000, "x,\0y", 4);
    csv = open_bytes(far, 10000, (tsl__csv_options){.header = -1});
    assert_non_null(strstr(next(csv), "invalid"));
    tsl__csv_free(csv);
    free(far);
}

static void test_delimiters(void **state)
{
    (void)state;
    static const struct {
        const char *text, *first;
    } cases[] = {
        {"a;b;c\n1,5;2,5;3\n2,5;3,5;4\n", "@2 1,5|2,5|3"},
        {"a\tb\n1,2\t3\n4,5\t6\n", "@2 1,2|3"},
        {"a|b|c\n1|2|3\n", "@2 1|2|3"},
        {"a,b\n\"1;2;3\",4\n\"5;6;7\",8\n", "@2 1;2;3|4"},
        {"name\nx\ny\n", "@2 x"},
        {"a,b,c\n1,2,3\n4,5\n6,7,8\n", "@2 1|2|3"},
        {"a, b; c\n1,2\n3,4\n", "@2 1|2"},
        {"a,b,c;d\n1,2,3;4\n", "@2 1|2|3;4"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tsl__csv *csv = open_text(cases[i].text);
        assert_string_equal(next(csv), cases[i].first);
        tsl__csv_free(csv);
    }
    tsl__csv *csv = open_bytes("a,b;c\n1,2;3\n", 12, (tsl__csv_options){.header = -1, .delimiter = ';'});
    assert_string_equal(next(csv), "@2 1,2|3");
    tsl__csv_free(csv);
}

static void check_names(tsl__csv *csv, const char *expected)
{
    char out[256] = "";
    size_t count;
    const char *const *names = tsl__csv_get_names(csv, &count);
    for (size_t i = 0; i < count; i++) {
        snprintf(out + strlen(out), sizeof out - strlen(out), "%s%s", i ? "|" : "", names[i]);
    }
    assert_string_equal(out, expected);
    tsl__csv_free(csv);
}

static int knows_customer(const tsl__span *field, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (tsl__span_equal(field[i], tsl__span_make("customer"))) {
            return 1;
        }
    }
    return 0;
}

static void test_headers(void **state)
{
    (void)state;
    check_names(open_text("a,b\n1,2\n"), "a|b");
    check_names(open_text("1,2\n3,4\n"), "c1|c2");
    check_names(open_text("x,2020-01-01\ny,2020-01-02\n"), "c1|c2");
    check_names(open_text("x,\ny,z\n"), "c1|c2");
    check_names(open_text("x,x\ny,z\n"), "c1|c2");
    /* the index of the rows has no name; one column alone, or two without, are no header */
    check_names(open_text(",b\n0,2\n"), "c1|b");
    check_names(open_text(",,b\n0,1,2\n"), "c1|c2|c3");
    check_names(open_text(",5\n0,2\n"), "c1|c2");
    check_names(open_text("\xEF\xBB\xBF\"a\",b\n1,2\n"), "a|b");
    check_names(open_bytes("1,2\n3,4\n", 8, (tsl__csv_options){.header = 1}), "1|2");
    check_names(open_bytes("a,b\n3,4\n", 8, (tsl__csv_options){.header = 0}), "c1|c2");
    /* an index column without a name, years as names: a customer settles it */
    check_names(
        open_bytes(",customer,2019\n0,x,5\n", 21, (tsl__csv_options){.header = -1, .is_header = knows_customer}),
        "c1|customer|2019");
    check_names(open_bytes("a,a,,a\n", 7, (tsl__csv_options){.header = 1}), "a|a (2)|c3|a (3)");
    static const char *const before[] = {"7", "8"};
    check_names(open_bytes("7,8\n1,2\n", 8, (tsl__csv_options){.header = -1, .names = before, .name_count = 2}), "7|8");
}

/* Whether the first column's name is left out. */
static void test_unnamed(void **state)
{
    (void)state;
    static const char *const text[] = {",b\n0,2\n", "a,b\n0,2\n", "0,1\n,2\n", ",1\n0,2\n", "c1,b\n0,2\n"};
    for (size_t i = 0; i < 5; i++) {
        tsl__csv *csv = open_text(text[i]);
        assert_int_equal(tsl__csv_is_unnamed(csv), i == 0);
        tsl__csv_free(csv);
    }
}

/* The first row of a file without a header is data. */
static void test_first_row_is_kept(void **state)
{
    (void)state;
    tsl__csv *csv = open_text("1,2\n3,4\n");
    assert_string_equal(next(csv), "@1 1|2");
    assert_string_equal(next(csv), "@2 3|4");
    assert_string_equal(next(csv), "end");
    tsl__csv_free(csv);
}

static void test_no_text(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        size_t count;
        tsl_status status;
        const char *message;
    } cases[] = {
        {"\0a\0\0\0b\n\0", 8, TSL_E_FORMAT, "NUL"},
        {"PK\x03\x04xxxx", 8, TSL_E_FORMAT, "Excel"},
        {"PAR1xxxx", 8, TSL_E_FORMAT, "Parquet"},
        {"\xEF\xBB\xBF", 3, TSL_E_INPUT, "is empty"},
        {"\n\n\r\n", 4, TSL_E_INPUT, "is empty"},
        {"a,\xFF\n1,2\n", 8, TSL_E_INPUT, "UTF-8"},
        {"a,b\n\xC7\xC3O,\xC7\xC3O\n", 12, TSL_E_INPUT, "--encoding"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tsl__csv *csv;
        tsl_error err;
        tsl_source from = source_of(write_bytes("no.csv", cases[i].bytes, cases[i].count));
        tsl__csv_options opt = {.from = &from, .header = -1};
        assert_int_equal(tsl__csv_open(&opt, &csv, &err), cases[i].status);
        assert_null(csv);
        if (!strstr(err.message, cases[i].message)) {
            fail_msg("%s", err.message);
        }
    }
}

/* Files in other encodings, and a fault in one of them: its row alone. */
static void test_translated(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        const char *first, *second, *note;
    } cases[] = {
        {"name|n\nK\xF6ln|1\nM\xFCller|2\n", "@2 Köln|1", "@3 Müller|2", "is read as windows-1252"},
        {"name|n\n\xBA\xCE\x84\x7C|1\n\xBA\xCE\xC0\xF6\xB9\xAB\xCB\xBE\xB1\xB1\xBE\xA9\xCA\xD0\xC9\xCF\xBA\xA3|2\n",
         "@2 何剕|1", "@3 何丽公司北京市上海|2", "is read as gb18030"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tsl__csv *csv = open_bytes(cases[i].bytes, strlen(cases[i].bytes), (tsl__csv_options){.header = 1});
        assert_string_equal(next(csv), cases[i].first);
        assert_string_equal(next(csv), cases[i].second);
        assert_string_equal(next(csv), "end");
        const tsl_notes *notes = tsl__csv_get_notes(csv);
        assert_int_equal(notes->count, 1);
        assert_non_null(strstr(notes->text[0], cases[i].note));
        assert_ptr_equal(tsl__csv_get_notes(csv), notes);
        assert_int_equal(notes->count, 1);
        tsl__csv_free(csv);
    }
    const char bad[] = "a,n\nK\xF6ln,1\nx\x81,2\ny,3\n";
    tsl__csv *csv =
        open_bytes(bad, sizeof bad - 1, (tsl__csv_options){.header = 1, .text.encoding = TSL_ENCODING_WINDOWS1252});
    assert_string_equal(next(csv), "@2 Köln|1");
    assert_non_null(strstr(next(csv), "invalid"));
    assert_string_equal(next(csv), "@4 y|3");
    assert_int_equal(tsl__csv_get_notes(csv)->count, 0);
    tsl__csv_free(csv);
}

/* Records across the ends of the buffer, with CRLF and quotes at every offset. */
static void test_buffer_ends(void **state)
{
    (void)state;
    enum { COUNT = 60000 };
    char *text = malloc(COUNT * 64), *at = text;
    at += sprintf(at, "id,text,n\r\n");
    for (int i = 0; i < COUNT; i++) {
        at += sprintf(at, "%d,\"a \"\"%.*s\"\"\r\nb\",%d\r\n", i, i % 13, "xxxxxxxxxxxxx", i * 7);
    }
    tsl__csv *csv = open_bytes(text, (size_t)(at - text), (tsl__csv_options){.header = -1});
    for (int i = 0; i < COUNT; i++) {
        char expected[128];
        sprintf(expected, "@%d %d|a \"%.*s\"\r\nb|%d", 2 + 2 * i, i, i % 13, "xxxxxxxxxxxxx", i * 7);
        assert_string_equal(next(csv), expected);
    }
    assert_string_equal(next(csv), "end");
    tsl__csv_free(csv);
    free(text);
}

/* A header whose CR ends what was read so far: the LF behind it is no line of its own. */
static void test_header_ends(void **state)
{
    (void)state;
    static const char text[] = "a,b\r\n1,2\r\n3,4\r\n";
    for (size_t read = 1; read < sizeof text; read++) {
        tsl__csv *csv = open_bytes(text, sizeof text - 1, (tsl__csv_options){.header = -1, .read_bytes = read});
        assert_string_equal(next(csv), "@2 1|2");
        assert_string_equal(next(csv), "@3 3|4");
        assert_string_equal(next(csv), "end");
        tsl__csv_free(csv);
    }
}

/* ---- What stands above and behind a table ---------------------------------- */

/* Names and first row as "a|b: @2 1|2", the notes behind them. */
static void check_layout(const char *text, char delimiter, int header, const char *expected, const char *note)
{
    char out[512] = "";
    size_t count;
    tsl__csv *csv = open_bytes(text, strlen(text), (tsl__csv_options){.header = header, .delimiter = delimiter});
    const char *const *names = tsl__csv_get_names(csv, &count);
    for (size_t i = 0; i < count; i++) {
        snprintf(out + strlen(out), sizeof out - strlen(out), "%s%s", i ? "|" : "", names[i]);
    }
    snprintf(out + strlen(out), sizeof out - strlen(out), ": %s", next(csv));
    assert_string_equal(out, expected);
    const tsl_notes *notes = tsl__csv_get_notes(csv);
    assert_int_equal(notes->count > 0, note != NULL);
    if (note && !strstr(notes->text[0], note)) {
        fail_msg("%s", notes->text[0]);
    }
    tsl__csv_free(csv);
}

static void test_lead(void **state)
{
    (void)state;
    static const char sep[] = "its first line says", above[] = "above the table";
    check_layout("sep=;\na,x;b\n1;2\n", 0, -1, "a,x|b: @3 1|2", sep);
    check_layout("\"sep=|\"\r\na;b|c\r\n1|2\r\n", 0, -1, "a;b|c: @3 1|2", sep);
    check_layout("SEP=;\na,b\n1,2\n", ',', -1, "a|b: @3 1|2", sep);
    check_layout("sep=;,b\n1,2\n", ',', -1, "sep=;|b: @2 1|2", NULL);
    check_layout("sep=x\n1\n", 0, -1, "sep=x: @2 1", NULL);
    /* titles */
    check_layout("Sales 2024\n\na;b;c\n1;2;3\n4;5;6\n", 0, -1, "a|b|c: @4 1|2|3",
                 "1 line above the table is passed over: \"Sales 2024\"");
    check_layout("Sales, all\n(euro)\na;b;c\n1;2;3\n4;5;6\n", 0, -1, "a|b|c: @4 1|2|3", "2 lines above the table are");
    check_layout("Sales,,\na,b,c\n1,2,3\n", 0, -1, "a|b|c: @3 1|2|3", above);
    check_layout(",Sales,\na,b,c\n1,2,3\n", 0, 1, "a|b|c: @3 1|2|3", above);
    check_layout("Sales\na,b\n1,2\n", ',', 1, "a|b: @3 1|2", above);
    /* comments, be they commas within */
    check_layout("# made, by, me, today\n// twice\na;b;c;d;e\n1;2;3;4;5\n1;2;3;4;5\n", 0, -1, "a|b|c|d|e: @4 1|2|3|4|5",
                 above);
    check_layout("# no names\n1,2\n3,4\n", 0, -1, "c1|c2: @2 1|2", above);
    check_layout("# no names\n1,2\n3,4\n", 0, 0, "c1|c2: @2 1|2", above);
    /* and what is none */
    check_layout("#,b\n1,2\n", 0, -1, "#|b: @2 1|2", NULL);
    check_layout("#id,b,c\n1,2,3\n", 0, -1, "#id|b|c: @2 1|2|3", NULL);
    check_layout("name\nx\ny\n", 0, -1, "name: @2 x", NULL);
    check_layout(",b\n1,2\n2,3\n", 0, -1, "c1|b: @2 1|2", NULL);
    check_layout("A,,\n1,2,3\n4,5,6\n", 0, -1, "c1|c2|c3: @1 A||", NULL);
    check_layout("A\n1,2\n3,4\n", ',', -1, "A: @2 1|2", NULL);
    check_layout("Sales\na,b\n", ',', -1, "Sales: @2 a|b", NULL);
    check_layout("a;b\nx;hello, you\ny;hello, me\n", 0, -1, "a|b: @2 x|hello, you", NULL);
}

/* `text` as `header` says it is to be read, with names of customers known: "a|b: @2 1|2"; with the first note. */
static const char *lay_out(const char *text, int header, const char **note)
{
    static char out[512], said[512];
    size_t count;
    tsl__csv *csv =
        open_bytes(text, strlen(text), (tsl__csv_options){.header = header, .is_header = tsl__role_is_header});
    const char *const *names = tsl__csv_get_names(csv, &count);
    const tsl_notes *notes = tsl__csv_get_notes(csv);
    out[0] = 0;
    for (size_t i = 0; i < count; i++) {
        snprintf(out + strlen(out), sizeof out - strlen(out), "%s%s", i ? "|" : "", names[i]);
    }
    snprintf(out + strlen(out), sizeof out - strlen(out), ": %s", next(csv));
    snprintf(said, sizeof said, "%s", notes->count ? notes->text[0] : "");
    *note = said;
    tsl__csv_free(csv);
    return out;
}

/* Titles of several texts stand above a header of which a name is known, and take nothing away. */
static void test_titles(void **state)
{
    (void)state;
    static const struct {
        const char *text, *expected, *note;
    } cases[] = {
        {"Sales,,,\n,,,\nid,order_id,date,amount\n1,2,3,4\n", "id|order_id|date|amount: @4 1|2|3|4", "2 lines above"},
        {"Bericht;;;\r\n;;;\r\ncustomer_id;a;b;c\r\n1;2;3;4\r\n", "customer_id|a|b|c: @4 1|2|3|4", "\"Bericht;;;\""},
        {",,,\ncustomer_id,a,b,c\n1,2,3,4\n", "customer_id|a|b|c: @3 1|2|3|4", "1 line above"},
        {",,\na,b,c\n1,2,3\n", "a|b|c: @3 1|2|3", "1 line above"},
        {"\"Report, 2024\",,\n\"Jan, Feb\",,\n,,\ncustomer_id,date,amount\n1,2,3\n",
         "customer_id|date|amount: @5 1|2|3", "3 lines above"},
        {"Sales report\nGenerated,2024-07-01\n\ncustomer_id,a,b,c\n1,2,3,4\n", "customer_id|a|b|c: @5 1|2|3|4",
         "2 lines above the table are passed over: \"Sales report\""},
        {"From:,2024-01-01\nTo:,2024-02-01\ncustomer_id,b,c\n1,2,3\n", "customer_id|b|c: @4 1|2|3", "2 lines above"},
        {"店铺,某某\n时间,2024-07-01\n\n客户ID,b,c\n1,2,3\n", "客户ID|b|c: @5 1|2|3", "\"店铺,某某\""},
        {"Sales,,2024\ncustomer_id,b,c\n1,2,3\n", "customer_id|b|c: @3 1|2|3", "1 line above"},
        {",Sales\n,customer_id,b,c\n,1,2,3\n", "c1|customer_id|b|c: @3 |1|2|3", "1 line above"},
        {"made;by;us;\ncustomer_id;b;c;d;e;f\n1;2;3;4;5;6\n", "customer_id|b|c|d|e|f: @3 1|2|3|4|5|6", "1 line above"},
        {"Sales\n# as of today, all\ncustomer_id,b,c\n1,2,3\n", "customer_id|b|c: @4 1|2|3", "2 lines above"},
        /* and what is none: rows, a header before, names that nobody knows, one record alone */
        {"customer_id,b\n1,2\ncustomer_id,b,c\n1,2,3\n1,2,3\n", "customer_id|b: @2 1|2", ""},
        {"customer_id,b,c\n1,2,3\nx,Customer,y\n", "customer_id|b|c: @2 1|2|3", ""},
        {"a,,c\nx,Kunde,y\n1,2,3\n", "x|Kunde|y: @3 1|2|3", "1 line above"},
        {"kto,x\n1,2\nnr,y,z,n\n1,2,3,4\n", "kto|x: @2 1|2", ""},
        {"1,2,3\n4,5,6\ncustomer_id,b,c\n1,2,3\n", "c1|c2|c3: @1 1|2|3", ""},
        {"a,b\ncustomer_id,c\n1,2\n", "a|b: @2 customer_id|c", ""},
        {"From:,2024\ncustomer_id,b,c\n", "c1|c2: @1 From:|2024", ""},
    };
    const char *note;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_string_equal(lay_out(cases[i].text, -1, &note), cases[i].expected);
        if (!strstr(note, cases[i].note) || !*note != !*cases[i].note) {
            fail_msg("%zu: %s", i, note);
        }
    }
    /* rows that are said to have no header */
    assert_string_equal(lay_out("Sales,,\n,,\ncustomer_id,b,c\n1,2,3\n", 0, &note), "c1|c2|c3: @1 Sales||");
}

/* What divides the fields is seen below titles of any kind, and the line of the names may be said. */
static void test_said_header(void **state)
{
    (void)state;
    static const char datev[] = "\"EXTF\";700;21;\"Buchungsstapel\";13\r\nUmsatz;Konto;\"Belegdatum\"\r\n"
                                "1234,56;10000;0101\r\n99,00;10001;0201\r\n5,00;10002;0301\r\n";
    const char *note;
    assert_string_equal(lay_out(datev, -1, &note), "c1|c2|c3|c4|c5: @1 EXTF|700|21|Buchungsstapel|13");
    assert_string_equal(lay_out(datev, 2, &note), "Umsatz|Konto|Belegdatum: @3 1234,56|10000|0101");
    assert_non_null(strstr(note, "1 line above the table is passed over: \"\"EXTF\";700"));
    assert_string_equal(lay_out("a,b\r\rc,d\n\ne,f\n1,2\n", 5, &note), "e|f: @6 1|2");
    assert_non_null(strstr(note, "4 lines above"));
    assert_string_equal(lay_out("sep=;\nx\na,1;2\n3;4\n", 3, &note), "a,1|2: @4 3|4");
    assert_string_equal(lay_out("sep=;\na;b\n3;4\n", 2, &note), "a|b: @3 3|4");
    assert_string_equal(lay_out("t\nSales,,\na,b,c\n1,2,3\n", 2, &note), "Sales|c2|c3: @3 a|b|c"); /* just so */

    tsl__csv *csv;
    tsl_error err;
    const char *const none[] = {"a,b\n1,2", "a,b\n1,2\n", "{\"a\":1}\n{\"a\":2}\n"};
    const char *const words[] = {"t.csv: has no line 3", "t.csv: is empty", "t.csv: has no line of names"};
    for (size_t i = 0; i < 3; i++) {
        tsl_source from = source_of(write_bytes("t.csv", none[i], strlen(none[i])));
        assert_int_not_equal(tsl__csv_open(&(tsl__csv_options){.from = &from, .header = 3}, &csv, &err), TSL_OK);
        if (!strstr(err.message, words[i])) {
            fail_msg("%s", err.message);
        }
    }
    /* wherever the bytes are read up to */
    static const char ends[] = "one\r\n\"two\rthree\nn,m\r\n1,2\r\n";
    for (size_t bytes = 1; bytes < sizeof ends; bytes++) {
        csv = open_bytes(ends, strlen(ends), (tsl__csv_options){.header = 4, .read_bytes = bytes});
        assert_string_equal(tsl__csv_get_names(csv, &(size_t){0})[0], "n");
        assert_string_equal(next(csv), "@5 1|2");
        tsl__csv_free(csv);
    }
}

static void test_trailing(void **state)
{
    (void)state;
    static const char said[] = "every row ends with a delimiter";
    check_layout("a,b,\n1,2,\n3,4,\n", 0, -1, "a|b: @2 1|2", said);
    check_layout("a,b\n1,2,\n3,4, \n", 0, -1, "a|b: @2 1|2", said);
    check_layout("a;\n1;\n2;\n", 0, -1, "a: @2 1", said);
    check_layout("Title\na,b\n1,2,\n3,4,\n", ',', 1, "a|b: @3 1|2", "above the table");
    /* no header; a name; a row that holds something there; no row */
    check_layout("1,2,\n3,4,\n", 0, -1, "c1|c2|c3: @1 1|2|", NULL);
    check_layout("a,b,c\n1,2,\n3,4,\n", 0, -1, "a|b|c: @2 1|2|", NULL);
    check_layout("a,b,\n1,2,3\n3,4,\n", 0, 1, "a|b|c3: @2 1|2|3", NULL);
    check_layout("a,b,\n", 0, 1, "a|b|c3: end", NULL);
    /* later rows may end without it, but not hold a field more */
    char text[4096] = "a,b,\n";
    for (int i = 0; i < 150; i++) {
        strcat(text, "1,2,\n");
    }
    strcat(text, "5,6\n7,8,9\n");
    tsl__csv *csv = open_text(text);
    for (int i = 0; i < 150; i++) {
        next(csv);
    }
    assert_string_equal(next(csv), "@152 5|6");
    assert_string_equal(next(csv), "@153 7|8|9");
    tsl__csv_free(csv);
}

/* ---- Quotes by mistake -------------------------------------------------------- */

/* All records as next() gives them, but for the end, "*" behind one with a quote by mistake. */
static const char *all_of(const char *text, int header)
{
    static char out[4096];
    tsl__csv *csv = open_bytes(text, strlen(text), (tsl__csv_options){.header = header, .delimiter = ','});
    tsl__record r;
    tsl_error err;
    size_t at = 0;
    out[0] = 0;
    while (tsl__csv_read(csv, &r, &err) == TSL_OK && r.count) {
        at += (size_t)sprintf(out + at, "@%d %d", (int)r.line, (int)r.count);
        at += (size_t)sprintf(out + at, "%s%s ", r.is_open ? "*" : "", r.stray ? "!" : "");
    }
    tsl__csv_free(csv);
    return out;
}

static void test_swallowed(void **state)
{
    (void)state;
#define HEAD "id,date,amount,product\nA,2024-01-01,10,mug\n"
    /* up to a quote at the end of a row, at the beginning of one, and within */
    assert_string_equal(all_of(HEAD "B,2024-01-02,20,\"frame\nC,2024-01-03,30,chair\nD,2024-01-04,40,lamp\n"
                                    "E,2024-01-05,50,screen 12\"\nF,2024-02-06,60,mug\n",
                               1),
                        "@2 4 @3 4* @4 4 @5 4 @6 4 @7 4 ");
    assert_string_equal(
        all_of(HEAD "B,2024-01-02,20,\"frame\r\nC,2024-01-03,,chair\r\n\"D\",2024-01-04,40,lamp\r\n", 1),
        "@2 4 @3 4* @4 4 @5 4 ");
    assert_string_equal(all_of(HEAD "\"B,2024-01-02,20,frame\nC,2024-01-03,30,chair\nD,2024-01-04,\"1,200\",lamp\n", 1),
                        "@2 4 @3 4* @4 4 @5 4 ");
    /* texts alone: the stray text behind the closing quote tells */
    assert_string_equal(all_of("a,b,c\nx,\"y,z\nu,v,w\n1,\"2\",3\n", 1), "@2 3* @3 3 @4 3 ");
    /* texts that run over lines, as they should */
    assert_string_equal(all_of(HEAD "B,2024-01-02,20,\"12 Main St\nSpringfield\"\nC,2024-01-03,30,x\n", 1),
                        "@2 4 @3 4 @5 4 ");
    assert_string_equal(all_of("a,b\n1,\"hello\nbye, see you\"\n2,x\n", 1), "@2 2 @4 2 ");
    assert_string_equal(all_of("a,b\nx,\"hello\nbye, see you\"\n2,x\n", 1), "@2 2 @4 2 ");
    assert_string_equal(all_of("a,b\n1,\"hello\nbye, see you\" x\n2,x\n", 1), "@2 2! @4 2 ");
    assert_string_equal(all_of(HEAD "B,2024-01-02,20,\"a, b, c, d\ne, f, g, h\"\n", 1), "@2 4 @3 4 ");
    assert_string_equal(all_of("a\n\"1\n2\n3\"\n4\n", 1), "@2 1 @5 1 ");
    /* a line among them that is broken itself; the quote's own line too long by a comma */
    assert_string_equal(all_of(HEAD "B,2024-01-02,20,\"frame\nC,2024-01-03,30\nD,2024-01-04,40,lamp\n"
                                    "E,2024-01-05,50,mug\nF,2024-01-06,60,12\"\nG,2024-02-06,60,mug\n",
                               1),
                        "@2 4 @3 4* @4 3 @5 4 @6 4 @7 4 @8 4 ");
    assert_string_equal(all_of(HEAD "B,2024-01-02,20,\"frame, big\nC,2024-01-03,30,chair\nD,2024-01-04,40,lamp\n"
                                    "E,2024-01-05,50,\"mug\"\nF,2024-02-06,60,mug\n",
                               1),
                        "@2 4 @3 5* @4 4 @5 4 @6 4 @7 4 ");
    /* as many lines like rows as others: a text, as it is closed at the end of its field */
    assert_string_equal(all_of(HEAD "B,2024-01-02,20,\"frame\nC,2024-01-03,30,chair\nSpringfield\"\n"
                                    "D,2024-01-04,40,mug\n",
                               1),
                        "@2 4 @3 4 @6 4 ");
    /* a line that has a text in as many of the first one's places of values as it has values there */
    assert_string_equal(all_of(HEAD "B,2024-01-02,20,\"frame\nC,2024-01-03,blue,chair\"\nD,2024-01-04,40,mug\n", 1),
                        "@2 4 @3 4 @5 4 ");
    /* one of two is broken, or the only one is: the record would be rejected as a whole */
    assert_string_equal(all_of(HEAD "B,2024-01-02,20,\"frame\nC,2024-01-03,30\nD,2024-01-04,40,\"lamp\"\n", 1),
                        "@2 4 @3 4* @4 3 @5 4 ");
    assert_string_equal(all_of(HEAD "B,2024-01-02,20,\"frame\nC,2024-01-03,30,\"lamp\",x\nD,2024-01-04,40,mug\n", 1),
                        "@2 4 @3 4* @4 5 @5 4 ");
    /* ids that are numbers in some lines alone */
    assert_string_equal(all_of(HEAD "1,2024-01-02,20,\"frame\nW2,2024-01-03,30,chair\nW3,2024-01-04,40,\"lamp\"\n", 1),
                        "@2 4 @3 4* @4 4 @5 4 ");
    /* none closes it, nor on the last line */
    assert_string_equal(all_of(HEAD "B,2024-01-02,20,\"\nC,2024-01-03,30,chair\nD,2024-01-04,40,\"lamp\n", 1),
                        "@2 4 @3 4* @4 4 @5 4* ");
    assert_string_equal(all_of(HEAD "B,2024-01-02,20", 1), "@2 4 @3 3 ");
    /* a text of several lines behind it, which stays one; two quotes one after the other */
    assert_string_equal(all_of(HEAD "B,2024-01-02,20,\"frame\nC,2024-01-03,30,\"12 Main St\nSpringfield\"\n"
                                    "D,2024-01-04,40,\"lamp\nE,2024-01-05,50,\"desk\nF,2024-02-06,60,mug\n",
                               1),
                        "@2 4 @3 4* @4 4 @6 4* @7 4* @8 4 ");
    /* a list in a text has rows of its own, but the record around it is as it should be */
    assert_string_equal(all_of("id,date,note,amount\nA,2024-01-01,\"flour, 200, g, 1\nsugar, 100, g, 2\n"
                               "salt, 5, g, 1\",3\nB,2024-01-02,x,3\n",
                               1),
                        "@2 4 @5 4 ");
    /* a NUL in it */
    static const char nul[] = "a,b\n1,\"x\0y\n2,3\n4,z\"\n";
    tsl__csv *csv = open_bytes(nul, sizeof nul - 1, (tsl__csv_options){.header = 1});
    assert_non_null(strstr(next(csv), "invalid"));
    assert_string_equal(next(csv), "@3 2|3");
    assert_string_equal(next(csv), "@4 4|z\"");
    tsl__csv_free(csv);
}

/* Empty lines by the million, and very many columns. */
static void test_extremes(void **state)
{
    (void)state;
    enum { LINES = 3000000, COLUMNS = 100000 };
    char *text = malloc(LINES + 64);
    memset(text, '\n', LINES);
    memcpy(text + LINES / 2, "a,b", 3);
    memcpy(text + LINES, "1,2\n", 4);
    tsl__csv *csv = open_bytes(text, LINES + 4, (tsl__csv_options){.header = -1});
    assert_string_equal(next(csv), "@2999998 1|2");
    assert_string_equal(next(csv), "end");
    tsl__csv_free(csv);
    size_t n = 0;
    for (int c = 0; c < COLUMNS; c++) {
        n += (size_t)sprintf(text + n, "%sn%d", c ? "," : "", c);
    }
    for (int c = 0; c < COLUMNS; c++) {
        n += (size_t)sprintf(text + n, "%s%d", c ? "," : "\n", c % 10);
    }
    csv = open_bytes(text, n, (tsl__csv_options){.header = -1});
    size_t count;
    assert_string_equal(tsl__csv_get_names(csv, &count)[COLUMNS - 1], "n99999");
    assert_int_equal(count, COLUMNS);
    tsl__record r;
    assert_int_equal(tsl__csv_read(csv, &r, NULL), TSL_OK);
    assert_int_equal(r.count, COLUMNS);
    tsl__csv_free(csv);
    free(text);
}

/* ---- Blocks ------------------------------------------------------------ */

/* Some text of what hides and ends records, with a header in front and no quote left open. */
static size_t make_text(char *text, unsigned seed)
{
    static const char *const pieces[] = {"\n",    "\r\n",       "\r",       ",",         "\"",         "\"\"",
                                         "\"x\"", ",\"a\nb\",", ",\"\r",    "食",        "\"a,\"\"\"", "12\" ",
                                         "word",  " ",          "\xD6 bad", "\n\"q\"\n", ", \"x, y\" "};
    srand(seed);
    size_t n = (size_t)sprintf(text, "a,b\n1,2\n");
    for (int i = 0; i < 60; i++) {
        n += (size_t)sprintf(text + n, "%s", pieces[(size_t)rand() % (sizeof pieces / sizeof *pieces)]);
    }
    return n;
}

/* All records from the bytes cut into blocks of about so many, as one text; each block read by a scanner of its own. */
static char *read_blocks(const char *text, size_t count, size_t read_bytes)
{
    tsl__csv *csv =
        open_bytes(text, count, (tsl__csv_options){.header = 1, .delimiter = ',', .read_bytes = read_bytes});
    char *out = calloc(1, 1 << 16);
    size_t at = 0;
    tsl__block block = {0};
    for (;;) {
        tsl__record r;
        tsl_error err;
        tsl__scanner *scanner = tsl__scanner_open(csv);
        assert_int_equal(tsl__csv_cut(csv, &block, NULL), TSL_OK);
        if (block.count == 0) {
            tsl__scanner_free(scanner);
            break;
        }
        tsl__scanner_take(scanner, &block);
        for (;;) {
            if (tsl__scanner_read(scanner, &r, &err) != TSL_OK) {
                at += (size_t)sprintf(out + at, "%s", err.message);
                break;
            }
            if (r.count == 0) {
                break;
            }
            at += (size_t)sprintf(out + at, "\n@%d%s%s %zu", (int)r.line, r.valid ? "" : "!", r.is_open ? "*" : "",
                                  r.stray);
            for (size_t i = 0; i < r.count; i++) {
                at += (size_t)sprintf(out + at, "|%.*s", (int)r.field[i].n, r.field[i].s);
            }
        }
        tsl__scanner_free(scanner);
    }
    tsl__block_free(&block);
    tsl__csv_free(csv);
    return out;
}

/* Wherever the bytes are read up to, the records are the same. */
static void test_blocks(void **state)
{
    (void)state;
    char text[4096];
    for (unsigned seed = 0; seed < 400; seed++) {
        size_t count = make_text(text, seed);
        char *whole = read_blocks(text, count, 0);
        for (size_t read = 1; read < 40; read += 1 + read / 8) {
            char *cut = read_blocks(text, count, read);
            assert_string_equal(cut, whole);
            free(cut);
        }
        free(whole);
    }
}

/* Rows of four fields, some of which a stray quote opens in or a text of several lines stands in, and what has to be
 * read of them, as read_blocks writes it. */
static size_t make_rows(char *text, char *expected, unsigned seed)
{
    static const char *const ends[] = {"\n", "\r\n", "\r"};
    srand(seed);
    const char *end = ends[rand() % 3];
    size_t n = (size_t)sprintf(text, "id,date,amount,product%s", end), at = 0;
    int line = 2;
    expected[0] = 0;
    for (int i = 0; i < 40; i++, line++) {
        const int kind = rand() % 8, column = rand() % 4;
        char cell[4][32] = {"", "2024-01-02", "7", "mug"};
        sprintf(cell[0], "C%d", i);
        if (kind == 0 && i < 39) { /* a quote by mistake */
            memmove(cell[column] + 1, cell[column], strlen(cell[column]) + 1);
            cell[column][0] = '"';
        }
        const char *product = kind == 1   ? "\"12 Main St\nHill\""
                              : kind == 2 ? "\"a, b\""
                              : kind == 3 ? "12\""
                                          : cell[3];
        n += (size_t)sprintf(text + n, "%s,%s,%s,%s%s", cell[0], cell[1], cell[2], product, end);
        const char *read = kind == 1 ? "12 Main St\nHill" : kind == 2 ? "a, b" : product;
        at += (size_t)sprintf(expected + at, "\n@%d%s 0|%s|%s|%s|%s", line, kind == 0 && i < 39 ? "*" : "", cell[0],
                              cell[1], cell[2], read);
        line += kind == 1;
    }
    return n;
}

/* No good row is touched, wherever the bytes are read up to. */
static void test_no_row_is_lost(void **state)
{
    (void)state;
    static char text[1 << 14], expected[1 << 14];
    for (unsigned seed = 0; seed < 300; seed++) {
        const size_t count = make_rows(text, expected, seed);
        for (size_t read = 0; read < 700; read += 1 + read / 2) {
            char *all = read_blocks(text, count, read);
            assert_string_equal(all, expected);
            free(all);
        }
    }
}

/* A quote that closes far away, and none at all, in a file that is longer than what is held of it. */
static void test_far_quote(void **state)
{
    (void)state;
    enum { LINES = 1000000 };
    char *text = malloc((size_t)LINES * 24);
    for (int closes = 0; closes < 2; closes++) {
        size_t n = (size_t)sprintf(text, "id,date,amount,product\nA,2024-01-01,1,\"mug\n");
        for (int i = 0; i < LINES; i++) {
            n += (size_t)sprintf(text + n, "A,2024-01-01,2,%s\n", closes && i == LINES - 2 ? "12\"" : "mug");
        }
        tsl__csv *csv = open_bytes(text, n, (tsl__csv_options){.header = -1});
        tsl__record r;
        for (int i = 0; i <= LINES; i++) {
            assert_int_equal(tsl__csv_read(csv, &r, NULL), TSL_OK);
            assert_int_equal(r.line, i + 2);
            assert_int_equal(r.count, 4);
            assert_int_equal(r.is_open, i == 0);
        }
        assert_string_equal(next(csv), "end");
        tsl__csv_free(csv);
    }
    free(text);
}

/* A record of 3 MB is read; one beyond 16 MiB is refused, by its line. */
static void test_long_records(void **state)
{
    (void)state;
    size_t big = (size_t)24 << 20, small = 3000000;
    char *text = malloc(big + 64);
    memcpy(text, "a,b\n1,", 6);
    memset(text + 6, 'x', small);
    memcpy(text + 6 + small, "\n2,y\n", 5);
    tsl__csv *csv = open_bytes(text, small + 11, (tsl__csv_options){.header = -1});
    tsl__record r;
    assert_int_equal(tsl__csv_read(csv, &r, NULL), TSL_OK);
    assert_int_equal(r.count, 2);
    assert_int_equal(r.field[1].n, small);
    assert_string_equal(next(csv), "@3 2|y");
    tsl__csv_free(csv);
    memset(text + 6, 'x', big);
    csv = open_bytes(text, big, (tsl__csv_options){.header = -1});
    assert_non_null(strstr(next(csv), "t.csv:2: the row is longer than 16 MiB"));
    assert_null(strstr(next(csv), "quote"));
    tsl__csv_free(csv);
    text[6] = '"';
    csv = open_bytes(text, big, (tsl__csv_options){.header = -1});
    assert_non_null(strstr(next(csv), "is a quote in it not closed?"));
    tsl__csv_free(csv);
    /* very many fields: counted, not kept */
    memset(text + 6, ',', (size_t)2 << 20);
    csv = open_bytes(text, 6 + ((size_t)2 << 20), (tsl__csv_options){.header = -1});
    assert_int_equal(tsl__csv_read(csv, &r, NULL), TSL_OK);
    assert_int_equal(r.count, 2 + ((size_t)2 << 20));
    tsl__csv_free(csv);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_records),
        cmocka_unit_test(test_quotes),
        cmocka_unit_test(test_quotes_behind_blanks),
        cmocka_unit_test(test_guards),
        cmocka_unit_test(test_unclosed_quote),
        cmocka_unit_test(test_encoding),
        cmocka_unit_test(test_delimiters),
        cmocka_unit_test(test_headers),
        cmocka_unit_test(test_unnamed),
        cmocka_unit_test(test_first_row_is_kept),
        cmocka_unit_test(test_no_text),
        cmocka_unit_test(test_translated),
        cmocka_unit_test(test_buffer_ends),
        cmocka_unit_test(test_header_ends),
        cmocka_unit_test(test_long_records),
        cmocka_unit_test(test_blocks),
        cmocka_unit_test(test_lead),
        cmocka_unit_test(test_titles),
        cmocka_unit_test(test_said_header),
        cmocka_unit_test(test_trailing),
        cmocka_unit_test(test_swallowed),
        cmocka_unit_test(test_no_row_is_lost),
        cmocka_unit_test(test_far_quote),
        cmocka_unit_test(test_extremes),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
