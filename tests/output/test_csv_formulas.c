/* test_csv_formulas.c: no cell of any CSV file begins as a formula does, whatever
 * a program takes for the sign between fields; what was written can be had back;
 * no two ids become the same. */
#include "files.h"
#include "formulas.h"

#include <regex.h>

static sample run;
static files folder;
static size_t count; /* of the texts */

#define CELL 4096

/* ---- A plain reader ---------------------------------------------------------- */

/* The next cell at *at: quotes count where a cell begins with one. Its length;
 * *ends: the sign that ended it. */
static size_t read_cell(const char **at, char between, char cell[CELL], char *ends)
{
    const char *p = *at;
    size_t n = 0;
    int quoted = *p == '"';
    for (p += quoted; *p; p++) {
        if (quoted && *p == '"' && p[1] == '"') {
            p++;
        } else if (quoted && *p == '"') {
            quoted = 0;
            continue;
        } else if (!quoted && (*p == between || *p == '\n')) {
            break;
        }
        assert_true(n + 1 < CELL);
        cell[n++] = *p;
    }
    cell[n] = '\0';
    *ends = *p;
    *at = p + (*p != '\0');
    return n;
}

/* By the first character behind ASCII blanks and quotes; signs that fold are told
 * by their bytes. A number is none. */
static int computes(const char *cell)
{
    static const char *const folded[] = {"＝", "＋", "－", "＠"};
    char *end;
    strtod(cell, &end);
    if (end != cell && !*end && (cell[0] == '-' || cell[0] == '+')) {
        return 0;
    }
    cell += strspn(cell, " \t\r\n\"\x01\x0B\x1F\x7F");
    for (size_t i = 0; i < 4; i++) {
        if (strncmp(cell, folded[i], 3) == 0) {
            return 1;
        }
    }
    return *cell && strchr("=+-@", *cell) && strcmp(cell, "-") != 0;
}

/* As OWASP has it: the signs, a tab and the end of a line. */
static int is_formula(const char *cell)
{
    return computes(cell) || (*cell && strchr("\t\r\n", *cell));
}

/* As docs/formats.md says it: a ' goes that stands where a cell begins, before
 * what would be a formula. */
#define SKIPPED                                                                                                        \
    "([\x01-\x08\x0B\x0C\x0E-\x20\"'\x7F]|\xC2[\x80-\xA0\xAD]|\xCD\x8F|\xD8\x9C|\xE1(\x9A\x80|\xA0[\x8B-\x8F])|"       \
    "\xE2(\x80[\x80-\x8F\xA8-\xAF]|\x81[\x9F-\xAF])|\xE3\x80\x80|\xEF(\xB8[\x80-\x8F]|\xBB\xBF))*"
#define SIGNS                                                                                                          \
    "([=+@-]|\xE2(\x81[\xBA-\xBC]|\x82[\x8A-\x8C]|\x88\x92)|\xEF(\xB9[\xA2\xA3\xA6\xAB]|\xBC[\x8B\x8D\x9D\xA0]))"

static void undo(char *field)
{
    static regex_t first, later;
    static int compiled;
    char copy[CELL], *out = field;
    strcpy(copy, field);
    if (!compiled++) {
        assert_int_equal(regcomp(&first, "^'" SKIPPED "(" SIGNS "|[\t\r\n])", REG_EXTENDED), 0);
        assert_int_equal(regcomp(&later, "^'" SKIPPED SIGNS, REG_EXTENDED), 0);
    }
    for (const char *p = copy; *p; p++) {
        const regex_t *marked = p == copy ? &first : strchr(";\t\r\n", p[-1]) ? &later : NULL;
        if (!marked || regexec(marked, p, 0, NULL, 0) != 0) {
            *out++ = *p;
        }
    }
    *out = '\0';
}

/* ---- The files ------------------------------------------------------------------ */

static char *read_file(const char *name)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s", folder.folder, name);
    char *text = files_read(path);
    assert_non_null(text);
    return text;
}

/* The cells of a file by the reader of commas, line by line. */
typedef struct sheet {
    char *text;
    const char *at;
} sheet;

static size_t read_line(sheet *s, char cells[32][CELL])
{
    size_t n = 0;
    char ends = ',';
    while (ends == ',') {
        read_cell(&s->at, ',', cells[n++], &ends);
    }
    return n;
}

static void check_file(const char *name, size_t columns, const char *const *heads, const size_t *shift,
                       size_t heads_count)
{
    static char cells[32][CELL];
    sheet s = {.text = read_file(name)};
    s.at = s.text;
    size_t place[4];
    assert_int_equal(read_line(&s, cells), columns);
    for (size_t h = 0; h < heads_count; h++) {
        place[h] = 0;
        while (strcmp(cells[place[h]], heads[h]) != 0) {
            assert_true(++place[h] < columns);
        }
    }
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(read_line(&s, cells), columns);
        for (size_t c = 0; c < columns; c++) {
            assert_false(is_formula(cells[c]));
        }
        for (size_t h = 0; h < heads_count; h++) {
            undo(cells[place[h]]);
            assert_string_equal(cells[place[h]], formulas_get((i + shift[h]) % count));
        }
    }
    assert_int_equal(*s.at, '\0');
    free(s.text);
}

static void nothing_is_a_formula_and_all_comes_back(void **state)
{
    (void)state;
    static const char *const ids[] = {"customer_id", "reason"};
    static const char *const rejects[] = {"text", "message", "column", "file"};
    check_file("segments.csv", 25, ids, (const size_t[]){0, 0}, 2);
    check_file("labels.csv", 8, ids, (const size_t[]){0}, 1);
    check_file("clusters.csv", 2, ids, (const size_t[]){0}, 1);
    check_file("rejects.csv", 6, rejects, (const size_t[]){0, 1, 2, 3}, 4);
}

/* Another sign between the fields: a line is then cut elsewhere, and quotes within
 * a cell are none. What begins with an id that is a number begins with one. */
static void nor_where_fields_are_parted_otherwise(void **state)
{
    (void)state;
    static const char *const names[] = {"segments.csv", "labels.csv", "clusters.csv", "rejects.csv"};
    for (size_t f = 0; f < 4; f++) {
        char *text = read_file(names[f]), cell[CELL], ends, *end;
        for (const char *between = ";\t"; *between; between++) {
            for (const char *at = text; *at;) {
                read_cell(&at, *between, cell, &ends);
                strtod(cell, &end);
                if ((end == cell || *end != ',') && strncmp(cell, "-,", 2) != 0) {
                    assert_false(computes(cell));
                }
            }
        }
        free(text);
    }
}

static void values_stay_numbers(void **state)
{
    (void)state;
    static char cells[32][CELL];
    sheet s = {.text = read_file("segments.csv")};
    s.at = s.text;
    read_line(&s, cells);
    assert_string_equal(cells[6], "value");
    for (size_t i = 0; i < count; i++) {
        char want[32];
        snprintf(want, sizeof want, "%.2f", -12.5 * (double)i);
        read_line(&s, cells);
        assert_string_equal(cells[6], i ? want : "0.00");
    }
    free(s.text);
}

static void ids_stay_different(void **state)
{
    (void)state;
    static char cells[300][CELL], line[32][CELL];
    sheet s = {.text = read_file("clusters.csv")};
    s.at = s.text;
    assert_true(count < 300);
    read_line(&s, line);
    for (size_t i = 0; i < count; i++) {
        read_line(&s, line);
        strcpy(cells[i], line[0]);
        for (size_t other = 0; other < i; other++) {
            assert_string_not_equal(cells[other], cells[i]);
        }
    }
    free(s.text);
}

static int open_folder(void **state)
{
    (void)state;
    files_open(&folder, "segments.csv");
    for (count = 0; formulas_get(count); count++) {
        for (size_t other = 0; other < count; other++) {
            assert_string_not_equal(formulas_get(other), formulas_get(count));
        }
    }
    assert_true(count > 150);
    return formulas_write(&run, folder.folder);
}

static int close_folder(void **state)
{
    (void)state;
    static const char *const others[] = {"labels.csv", "clusters.csv", "rejects.csv"};
    for (size_t i = 0; i < 3; i++) {
        char path[512];
        snprintf(path, sizeof path, "%s/%s", folder.folder, others[i]);
        unlink(path);
    }
    files_close(&folder);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_a_formula_and_all_comes_back),
        cmocka_unit_test(nor_where_fields_are_parted_otherwise),
        cmocka_unit_test(values_stay_numbers),
        cmocka_unit_test(ids_stay_different),
    };
    return cmocka_run_group_tests(tests, open_folder, close_folder);
}
