/* test_build.c: tables from arrays and Arrow streams: as from a CSV file of the same rows, or refused. */
#include "arrow_stream.h"
#include "base/calendar.h"
#include "base/rng.h"
#include "base/text.h"

/* ---- The same rows in three ways --------------------------------------------------- */

enum { ROWS = 60, COLUMNS = 12 };

/* A column of rows, as arrays and as texts of a CSV file. */
typedef struct column_of_rows {
    union {
        double f64[ROWS];
        float f32[ROWS];
        int32_t i32[ROWS];
        int64_t i64[ROWS];
        uint8_t bool8[ROWS];
        const char *text[ROWS];
    } value;
    uint8_t valid[ROWS / 8 + 1];
    char csv[ROWS][40];
} column_of_rows;

typedef struct table_of_rows {
    column_of_rows column[COLUMNS];
    tsl_array array[COLUMNS];
    size_t columns;
} table_of_rows;

static const char *const levels[] = {"Rome", " Bonn ", "São Paulo, \"SP\"", "广州", ""};
enum { LEVELS = 5 };

/* Takes the zeros behind the point off, as no program writes them of a double. */
static void strip(char *text)
{
    size_t n = strlen(text);
    while (strchr(text, '.') && strchr("0.", text[n - 1])) {
        int is_point = text[n - 1] == '.';
        text[--n] = 0;
        if (is_point) {
            break;
        }
    }
}

/* One value that is there, in the array and as a text. */
static void put_value(column_of_rows *c, tsl_dtype dtype, int scale, size_t row, tsl__rng *rng)
{
    int64_t n = (int64_t)tsl__rng_below(rng, 4) - 1, many = (int64_t)tsl__rng_below(rng, 2000000) - 1000000;
    int32_t day = (int32_t)tsl__rng_below(rng, 1000) + 17000;
    char *csv = c->csv[row];
    switch (dtype) {
    case TSL_F64: /* 15 digits are kept by a double */
        snprintf(csv, 40, n ? "%.4f" : "%.7f", (double)many / (n ? 10000 : 997));
        strip(csv);
        c->value.f64[row] = strtod(csv, NULL);
        break;
    case TSL_F32:
        snprintf(csv, 40, "%.2f", (double)(many % 10000) / 100);
        strip(csv);
        c->value.f32[row] = strtof(csv, NULL);
        break;
    case TSL_I32:
    case TSL_I64:
        snprintf(csv, 40, "%lld", (long long)(n * 3));
        c->value.i64[row] = n * 3;
        if (dtype == TSL_I32) {
            c->value.i32[row] = (int32_t)(n * 3);
        }
        break;
    case TSL_DECIMAL64:
        c->value.i64[row] = many;
        snprintf(csv, 40, "%s%lld.%0*lld", many < 0 ? "-" : "", (long long)llabs(many) / (scale == 2 ? 100 : 1000000),
                 scale, (long long)llabs(many) % (scale == 2 ? 100 : 1000000));
        break;
    case TSL_BOOL8:
        c->value.bool8[row] = (uint8_t)(n > 0);
        snprintf(csv, 40, "%s", n > 0 ? "true" : "false");
        break;
    case TSL_DAY32:
        c->value.i32[row] = day;
        tsl_day_write(day, csv);
        break;
    case TSL_SECOND64:
        c->value.i64[row] = (int64_t)day * 86400 + 3600 * 13 + 5;
        tsl_day_write(day, csv);
        strcat(csv, " 13:00:05");
        break;
    case TSL_TEXT:
        c->value.text[row] = levels[n + 1];
        snprintf(csv, 40, "%s", levels[n + 1]);
        break;
    default:
        c->value.i32[row] = (int32_t)(n + 1);
        snprintf(csv, 40, "%s", levels[n + 1]);
    }
}

/* One that is not, in one of the ways that its type has. */
static void put_missing(column_of_rows *c, tsl_dtype dtype, size_t row, int by_bitmap)
{
    static const int64_t none = TSL_MISSING_INT;
    if (by_bitmap || dtype == TSL_I32 || dtype == TSL_I64 || dtype == TSL_BOOL8) {
        c->valid[row / 8] = (uint8_t)(c->valid[row / 8] & ~(1u << row % 8));
    } else if (dtype == TSL_F64) {
        c->value.f64[row] = (double)NAN;
    } else if (dtype == TSL_F32) {
        c->value.f32[row] = NAN;
    } else if (dtype == TSL_DAY32) {
        c->value.i32[row] = TSL_NO_DAY;
    } else if (dtype == TSL_CODE32) {
        c->value.i32[row] = -1;
    } else if (dtype == TSL_TEXT) {
        c->value.text[row] = NULL;
    } else {
        c->value.i64[row] = none;
    }
    c->csv[row][0] = 0;
}

static void add_column(table_of_rows *t, const char *name, tsl_dtype dtype, size_t rows, unsigned missing,
                       tsl__rng *rng)
{
    column_of_rows *c = &t->column[t->columns];
    tsl_array *a = &t->array[t->columns++];
    *a = (tsl_array){.name = name, .dtype = dtype, .data = &c->value, .valid = c->valid};
    if (dtype == TSL_CODE32) {
        a->level = levels;
        a->level_count = LEVELS;
    }
    if (dtype == TSL_DECIMAL64) {
        a->scale = tsl__rng_below(rng, 2) ? 2 : 6;
    }
    memset(c->valid, 0xFF, sizeof c->valid);
    for (size_t row = 0; row < rows; row++) {
        put_value(c, dtype, a->scale, row, rng);
        if (tsl__rng_below(rng, 100) < missing) {
            put_missing(c, dtype, row, (int)tsl__rng_below(rng, 2));
        }
    }
}

static void make_transactions(table_of_rows *t, tsl__rng *rng)
{
    static const tsl_dtype numbers[] = {TSL_F64, TSL_F32, TSL_I32, TSL_I64, TSL_DECIMAL64};
    static const tsl_dtype texts[] = {TSL_TEXT, TSL_CODE32, TSL_I64, TSL_F64};
    static const tsl_dtype times[] = {TSL_DAY32, TSL_SECOND64};
    t->columns = 0;
    add_column(t, "customer", texts[tsl__rng_below(rng, 4)], ROWS, 5, rng);
    add_column(t, "date", times[tsl__rng_below(rng, 2)], ROWS, 5, rng);
    add_column(t, "amount", numbers[tsl__rng_below(rng, 5)], ROWS, 5, rng);
    add_column(t, "quantity", numbers[tsl__rng_below(rng, 5)], ROWS, 20, rng);
    add_column(t, "order", texts[tsl__rng_below(rng, 4)], ROWS, 20, rng);
    add_column(t, "category", TSL_CODE32, ROWS, 20, rng);
    add_column(t, "unused", numbers[tsl__rng_below(rng, 5)], ROWS, 20, rng);
    add_column(t, NULL, TSL_BOOL8, ROWS, 20, rng);
}

static void make_customers(table_of_rows *t, tsl__rng *rng)
{
    t->columns = 0;
    add_column(t, "customer", TSL_I64, ROWS, 3, rng);
    for (size_t row = 0; row < ROWS; row++) { /* some of them twice, alike or not */
        if (t->column[0].csv[row][0]) {
            t->column[0].value.i64[row] = (int64_t)tsl__rng_below(rng, 5 * ROWS);
            snprintf(t->column[0].csv[row], 40, "%lld", (long long)t->column[0].value.i64[row]);
        }
    }
    add_column(t, "income", TSL_F64, ROWS, 10, rng);
    add_column(t, "weight", TSL_F32, ROWS, 10, rng);
    add_column(t, "Region", TSL_I32, ROWS, 10, rng);
    add_column(t, "score", TSL_DECIMAL64, ROWS, 10, rng);
    add_column(t, "newsletter", TSL_BOOL8, ROWS, 10, rng);
    add_column(t, "since", TSL_DAY32, ROWS, 10, rng);
    add_column(t, "birth date", TSL_SECOND64, ROWS, 10, rng);
    add_column(t, "city", TSL_TEXT, ROWS, 10, rng);
    add_column(t, "city", TSL_CODE32, ROWS, 10, rng);
    add_column(t, "nps", TSL_I64, ROWS, 10, rng);
}

static char *write_csv(const table_of_rows *t)
{
    tsl__text out = {0};
    for (size_t i = 0; i < t->columns; i++) {
        tsl__text_puts(&out, i ? "," : "");
        tsl__text_csv(&out, t->array[i].name ? t->array[i].name : "");
    }
    for (size_t row = 0; row < ROWS; row++) {
        tsl__text_puts(&out, "\n");
        for (size_t i = 0; i < t->columns; i++) {
            tsl__text_puts(&out, i ? "," : "");
            tsl__text_csv(&out, t->column[i].csv[row]);
        }
    }
    return tsl__text_take(&out);
}

/* ---- Equal tables ------------------------------------------------------------------- */

static void check_columns(const tsl_column *a, const tsl_column *b, size_t rows)
{
    assert_string_equal(a->name, b->name);
    assert_int_equal(a->role, b->role);
    assert_int_equal(a->type, b->type);
    assert_int_equal(a->group, b->group);
    assert_int_equal(a->missing, b->missing);
    assert_int_equal(a->dict_count, b->dict_count);
    for (size_t i = 0; i < a->dict_count; i++) {
        assert_string_equal(a->dict[i], b->dict[i]);
    }
    assert_true((a->code == NULL) == (b->code == NULL) && (a->integer == NULL) == (b->integer == NULL));
    for (size_t row = 0; row < rows; row++) {
        if (a->code) {
            assert_int_equal(a->code[row], b->code[row]);
        }
        if (a->integer && a->integer[row] != b->integer[row]) {
            fail_msg("%s, row %zu: %lld, not %lld", a->name, row + 1, (long long)b->integer[row],
                     (long long)a->integer[row]);
        }
        if (a->number) {
            assert_memory_equal(&a->number[row], &b->number[row], sizeof *a->number);
        }
    }
}

/* What is said of a table, but for its clock. */
static void check_readings(const char *a, const char *b)
{
    const char *p = strstr(a, ",\"clock\":"), *q = strstr(b, ",\"clock\":");
    assert_int_equal(!p, !q);
    if (p) {
        assert_int_equal(p - a, q - b);
        assert_memory_equal(a, b, (size_t)(p - a));
        p += strcspn(p + 1, ",}") + 1;
        q += strcspn(q + 1, ",}") + 1;
    }
    assert_string_equal(p ? p : a, q ? q : b);
}

static void check_tables(const tsl_table *a, const tsl_table *b)
{
    const tsl_table_info *x = tsl_table_get_info(a), *y = tsl_table_get_info(b);
    assert_int_equal(x->read, y->read);
    assert_int_equal(x->used, y->used);
    assert_int_equal(x->rounded, y->rounded);
    assert_int_equal(x->decimals, y->decimals);
    assert_int_equal(x->time_of_day, y->time_of_day);
    assert_true(x->clock <= y->clock); /* Arrow may hold a day as a timestamp */
    assert_true(x->first_time == y->first_time && x->last_time == y->last_time);
    for (int k = 0; k < TSL_REJECT_KINDS; k++) {
        assert_int_equal(tsl_table_get_rejected(a, (tsl_reject_kind)k), tsl_table_get_rejected(b, (tsl_reject_kind)k));
    }
    assert_int_equal(x->understood.count, y->understood.count);
    for (size_t i = 0; i < x->understood.count; i++) {
        assert_string_equal(x->understood.text[i], y->understood.text[i]);
    }
    assert_int_equal(x->notes.count, y->notes.count);
    assert_int_equal(tsl_table_get_column_count(a), tsl_table_get_column_count(b));
    for (size_t i = 0; i < tsl_table_get_column_count(a); i++) {
        check_columns(tsl_table_get_column(a, i), tsl_table_get_column(b, i), tsl_table_get_rows(a));
    }
    check_readings(tsl_table_get_reading(a), tsl_table_get_reading(b));
}

/* The line of a reject among others: of a file one more than of the arrays, for its header. */
static void check_rejects(const reading *file, const reading *memory)
{
    assert_int_equal(file->rejects, memory->rejects);
    for (size_t i = 0; i < file->rejects && i < MAX_KEPT; i++) {
        assert_int_equal(file->reject[i].line, memory->reject[i].line + 1);
        assert_int_equal(file->reject[i].kind, memory->reject[i].kind);
        assert_string_equal(file->reject[i].column, memory->reject[i].column);
    }
}

static void check_all_ways(tsl_table_kind kind, const table_of_rows *t, tsl__rng *rng)
{
    reading *file = new_reading(kind);
    char *csv = write_csv(t);
    file->opt.max_rejects = 1;
    file->opt.header = 1;
    file->opt.delimiter = ',';
    file->file[file->files++] = (tsl_source){.path = "rows.csv", .bytes = csv, .count = strlen(csv)};
    if (run(file) != TSL_OK) {
        fail_msg("%s\n%s", file->err.message, csv);
    }
    for (int way = 0; way < 2; way++) {
        reading *memory = new_reading(kind);
        struct ArrowArrayStream stream;
        memory->opt = file->opt;
        memory->opt.roles = NULL;
        if (way == 0) {
            (void)!tsl_table_build(kind, t->array, t->columns, ROWS, NULL, &memory->sink, &memory->opt, NULL,
                                   &memory->table, &memory->err);
        } else {
            stream_state *s = make_stream(&stream, t->array, t->columns, ROWS);
            s->batch = 1 + (size_t)tsl__rng_below(rng, ROWS);
            s->offset = (size_t)tsl__rng_below(rng, 20);
            s->form = (unsigned)tsl__rng_below(rng, 1000);
            (void)!tsl_table_build_arrow(kind, &stream, NULL, &memory->sink, &memory->opt, NULL, &memory->table,
                                         &memory->err);
            assert_null(stream.release);
            assert_int_equal(in_use, 0);
        }
        if (!memory->table) {
            fail_msg("%s", memory->err.message);
        }
        check_tables(file->table, memory->table);
        check_rejects(file, memory);
        free_reading(memory);
    }
    free_reading(file);
    free(csv);
}

static void test_same_table(void **state)
{
    (void)state;
    table_of_rows *t = malloc(sizeof *t);
    tsl__rng rng = tsl__rng_open(7, 1, 2);
    assert_non_null(t);
    for (int round = 0; round < 300; round++) {
        make_transactions(t, &rng);
        check_all_ways(TSL_TRANSACTIONS, t, &rng);
        make_customers(t, &rng);
        check_all_ways(TSL_CUSTOMERS, t, &rng);
    }
    free(t);
}

/* ---- One by one ------------------------------------------------------------------------- */

static tsl_status build(reading *r, const tsl_array *array, size_t count, size_t rows)
{
    r->opt.max_rejects = 1;
    tsl_status status =
        tsl_table_build(r->kind, array, count, rows, r->known, &r->sink, &r->opt, &r->exec, &r->table, &r->err);
    assert_int_equal(status, r->err.status);
    assert_int_equal(status == TSL_OK, r->table != NULL);
    return status;
}

static const char *const ids[] = {"a", "b", "c", "d"};
static const int32_t days[] = {18000, 18001, 18002, 18003};
static const double amounts[] = {1, 2, 3, 4};

/* Transactions of four rows, the amount given. */
static void make_orders(tsl_array *array, const tsl_array *amount)
{
    array[0] = (tsl_array){.name = "who", .role = TSL_ROLE_CUSTOMER, .dtype = TSL_TEXT, .data = ids};
    array[1] = (tsl_array){.name = "when", .role = TSL_ROLE_TIME, .dtype = TSL_DAY32, .data = days};
    array[2] = *amount;
    array[2].role = TSL_ROLE_AMOUNT;
}

static void test_rejects(void **state)
{
    (void)state;
    static const double odd[] = {1, (double)INFINITY, (double)NAN, 1e300};
    tsl_array array[3];
    make_orders(array, &(tsl_array){.name = "paid", .dtype = TSL_F64, .data = odd});
    reading *r = new_reading(TSL_TRANSACTIONS);
    assert_int_equal(build(r, array, 3, 4), TSL_OK);
    assert_int_equal(tsl_table_get_rows(r->table), 1);
    assert_int_equal(r->rejects, 3);
    static const char *const messages[] = {"\"inf\" is not a decimal number", "is missing", "\"1e+300\" is too large"};
    for (size_t i = 0; i < 3; i++) {
        assert_string_equal(r->reject[i].file, "arrays");
        assert_string_equal(r->reject[i].column, "paid");
        assert_int_equal(r->reject[i].line, i + 2);
        assert_int_equal(r->reject[i].kind, TSL_REJECT_BAD_CELL);
        assert_string_equal(r->reject[i].message, messages[i]);
    }
    assert_int_equal(tsl_table_get_info(r->table)->file_count, 0);
    assert_null(tsl_table_get_file(r->table, 0));
    assert_string_equal(tsl_table_get_reading(r->table), "{\"table\":\"transactions\",\"roles\":{\"customer\":\"who\","
                                                         "\"time\":\"when\",\"amount\":\"paid\"},\"clock\":false}");
    free_reading(r);
}

/* Money goes to whom the code says, and to nobody where it says nothing. */
static void test_codes(void **state)
{
    (void)state;
    static const char *const names[] = {"x", "y"}, *const twice[] = {"x", "y", "x"}, *const bad[] = {"x", "\xFF"},
                             *const none[] = {"x", NULL};
    static const int32_t code[] = {1, -1, 2, -2};
    tsl_array array[3];
    make_orders(array, &(tsl_array){.name = "paid", .dtype = TSL_F64, .data = amounts});
    array[0] = (tsl_array){.name = "customer", .dtype = TSL_CODE32, .data = code, .level = names, .level_count = 2};
    reading *r = new_reading(TSL_TRANSACTIONS);
    assert_int_equal(build(r, array, 3, 4), TSL_OK);
    assert_int_equal(tsl_table_get_rows(r->table), 1);
    assert_string_equal(text_at(column(r, TSL_ROLE_CUSTOMER), 0), "y");
    assert_int_equal(r->reject[0].kind, TSL_REJECT_NO_CUSTOMER);
    assert_int_equal(r->reject[1].kind, TSL_REJECT_BAD_CELL);
    assert_string_equal(r->reject[1].message, "\"2\" is no code of the 2 levels");
    assert_string_equal(r->reject[2].message, "\"-2\" is no code of the 2 levels");
    free_reading(r);
    /* of an optional column it is missing, and noted */
    tsl_array more[4];
    make_orders(more, &array[2]);
    more[3] = (tsl_array){.name = "category", .dtype = TSL_CODE32, .data = code, .level = names, .level_count = 2};
    r = new_reading(TSL_TRANSACTIONS);
    assert_int_equal(build(r, more, 4, 4), TSL_OK);
    assert_int_equal(tsl_table_get_rows(r->table), 4);
    assert_int_equal(column(r, TSL_ROLE_CATEGORY)->missing, 3);
    assert_true(has_line(&tsl_table_get_info(r->table)->notes,
                         "category: 2 cells do not fit and are taken as missing (arrays:3:"));
    free_reading(r);
    /* also of the customers */
    const tsl_array customers[] = {array[0], more[3]};
    const tsl_array plain[] = {{.name = "id", .dtype = TSL_TEXT, .data = ids}, customers[1]};
    r = new_reading(TSL_CUSTOMERS);
    r->opt.rules = &(tsl_column_rule){.name = "category", .type = TSL_TYPE_CATEGORY, .group = TSL_GROUP_AUTO};
    r->opt.rule_count = 1;
    assert_int_equal(build(r, plain, 2, 4), TSL_OK);
    assert_int_equal(named(r, "category")->missing, 3);
    assert_true(has_line(&tsl_table_get_info(r->table)->notes, "category: 2 cells do not fit"));
    free_reading(r);
    const struct {
        const char *const *level;
        size_t count;
        const char *message;
    } wrong[] = {{twice, 3, "array \"customer\": levels 1 and 3 are both \"x\""},
                 {bad, 2, "array \"customer\": level 2 is not valid UTF-8"},
                 {none, 2, "array \"customer\": level 2 is not there"},
                 {NULL, 2, "array \"customer\": its levels are not there"}};
    for (size_t i = 0; i < 4; i++) {
        array[0].level = wrong[i].level;
        array[0].level_count = wrong[i].count;
        r = new_reading(TSL_TRANSACTIONS);
        assert_int_equal(build(r, array, 3, 4), TSL_E_OPTION);
        assert_string_equal(r->err.message, wrong[i].message);
        free_reading(r);
    }
}

/* An id in floating point is its whole number, as long as that is one. */
static void test_ids(void **state)
{
    (void)state;
    static const double id[] = {17850, 0x1p53 - 1, 0x1p53, (double)NAN}; /* 2^53 may have been 2^53 + 1 */
    static const float single[] = {17850, 16777215, 16777216, NAN};
    static const char *const text[] = {" 007 ", "NA", "bad \xFF", ""};
    tsl_array array[3];
    make_orders(array, &(tsl_array){.name = "paid", .dtype = TSL_F64, .data = amounts});
    for (int i = 0; i < 2; i++) {
        array[0].dtype = i ? TSL_F32 : TSL_F64;
        array[0].data = i ? (const void *)single : (const void *)id;
        reading *r = new_reading(TSL_TRANSACTIONS);
        assert_int_equal(build(r, array, 3, 4), TSL_OK);
        assert_int_equal(tsl_table_get_rows(r->table), 2);
        assert_string_equal(text_at(column(r, TSL_ROLE_CUSTOMER), 0), "17850");
        assert_int_equal(r->reject[0].kind, TSL_REJECT_BAD_CELL);
        assert_non_null(
            strstr(r->reject[0].message, "is beyond the whole numbers that floating-point numbers keep apart"));
        assert_int_equal(r->reject[1].kind, TSL_REJECT_NO_CUSTOMER);
        free_reading(r);
    }
    array[0].dtype = TSL_TEXT;
    array[0].data = text;
    reading *r = new_reading(TSL_TRANSACTIONS);
    assert_int_equal(build(r, array, 3, 4), TSL_OK);
    assert_string_equal(text_at(column(r, TSL_ROLE_CUSTOMER), 0), "007");
    assert_int_equal(r->reject[1].kind, TSL_REJECT_ENCODING);
    assert_int_equal(tsl_table_get_rejected(r->table, TSL_REJECT_NO_CUSTOMER), 2);
    free_reading(r);
}

/* What may have been another text finds no row of a lookup, and is no order. */
static void test_inexact_texts(void **state)
{
    (void)state;
    static const double number[] = {1, 0x1p53, 0x1p53 - 1, -0x1p53};
    tsl_array array[4];
    make_orders(array, &(tsl_array){.name = "paid", .dtype = TSL_F64, .data = amounts});
    array[3] = (tsl_array){.name = "order", .dtype = TSL_F64, .data = number};
    reading *r = new_reading(TSL_TRANSACTIONS);
    r->lookup[0] = (tsl_lookup){
        source_of(write_text("l.csv", "order,category\n1,a\n9007199254740992,b\n9007199254740991,c\n")), "order", NULL};
    r->opt.lookup_count = 1;
    assert_int_equal(build(r, array, 4, 4), TSL_OK);
    assert_int_equal(tsl_table_get_rows(r->table), 4);
    const tsl_column *order = column(r, TSL_ROLE_ORDER), *category = column(r, TSL_ROLE_CATEGORY);
    assert_int_equal(order->missing, 2);
    assert_string_equal(text_at(order, 2), "9007199254740991");
    assert_true(
        has_line(&tsl_table_get_info(r->table)->notes,
                 "order: 2 cells do not fit and are taken as missing (arrays:2: \"9007199254740992\" is beyond"));
    assert_string_equal(text_at(category, 0), "a");
    assert_null(text_at(category, 1));
    assert_string_equal(text_at(category, 2), "c");
    assert_null(text_at(category, 3));
    free_reading(r);
}

/* Days and times outside of the calendar here are none. */
static void test_times(void **state)
{
    (void)state;
    static const int64_t second[] = {INT64_C(18000) * 86400, INT64_MAX, INT64_C(20171231235959), -INT64_C(3000000000)};
    static const int32_t day[] = {18000, INT32_MAX, -30000, TSL_NO_DAY};
    static const int32_t compact[] = {20191231, 20191301, 20200101, -1};
    tsl_array array[3];
    make_orders(array, &(tsl_array){.name = "paid", .dtype = TSL_F64, .data = amounts});
    static const struct {
        tsl_dtype dtype;
        const void *data;
        size_t rows;
        const char *messages[2]; /* of the rejects: what was given */
    } cases[] = {{TSL_SECOND64,
                  second,
                  1,
                  {"\"9223372036854775807 seconds since 1970-01-01\" is not in the years 1900 to 2200",
                   "\"20171231235959 seconds since 1970-01-01\" is not in the years 1900 to 2200"}},
                 {TSL_DAY32,
                  day,
                  1,
                  {"\"2147483647 days since 1970-01-01\" is not in the years 1900 to 2200",
                   "\"1887-11-12\" is not in the years 1900 to 2200"}},
                 {TSL_I32,
                  compact,
                  2,
                  {"\"20191301\" is no day of the calendar",
                   "\"-1\" is not a date or time (2017-12-31, 31.12.2017, 12/31/2017 8:26 are)"}}};
    for (size_t i = 0; i < 3; i++) {
        array[1].dtype = cases[i].dtype;
        array[1].data = cases[i].data;
        reading *r = new_reading(TSL_TRANSACTIONS);
        assert_int_equal(build(r, array, 3, 4), TSL_OK);
        assert_int_equal(tsl_table_get_rows(r->table), cases[i].rows);
        assert_int_equal(tsl_table_get_rejected(r->table, TSL_REJECT_BAD_CELL), 4 - cases[i].rows);
        for (size_t k = 0; k < 2; k++) {
            assert_string_equal(r->reject[k].message, cases[i].messages[k]);
        }
        free_reading(r);
    }
}

/* A number of days is no date of eight digits, also where the column finds its type by its texts. */
static void test_plain_days(void **state)
{
    (void)state;
    static const int32_t day[] = {18000, 18001, 18002, 20171231};
    const tsl_array array[] = {{.name = "id", .dtype = TSL_TEXT, .data = ids},
                               {.name = "since", .dtype = TSL_DAY32, .data = day}};
    reading *r = new_reading(TSL_CUSTOMERS);
    r->opt.rules = &(tsl_column_rule){.name = "since", .type = TSL_TYPE_DATE, .group = TSL_GROUP_AUTO};
    r->opt.rule_count = 1;
    assert_int_equal(build(r, array, 2, 4), TSL_OK);
    assert_int_equal(named(r, "since")->missing, 1);
    assert_true(has_line(&tsl_table_get_info(r->table)->notes,
                         "since: 1 cell is not a date and taken as missing (\"20171231 days since 1970-01-01\")"));
    free_reading(r);
}

/* Integers that doubles do not hold do not become each other. */
static void test_long_integers(void **state)
{
    (void)state;
    static const int64_t account[] = {9007199254740993, 9007199254740992, 50, 7};
    const tsl_array array[] = {{.name = "id", .dtype = TSL_TEXT, .data = ids},
                               {.name = "account", .dtype = TSL_I64, .data = account}};
    reading *r = new_reading(TSL_CUSTOMERS);
    assert_int_equal(build(r, array, 2, 4), TSL_OK);
    assert_int_equal(named(r, "account")->type, TSL_TYPE_CATEGORY);
    assert_string_equal(text_at(named(r, "account"), 0), "9007199254740993");
    assert_string_equal(text_at(named(r, "account"), 1), "9007199254740992");
    assert_true(has_line(&tsl_table_get_info(r->table)->notes, "account is taken as a category"));
    free_reading(r);
}

/* Values of structs, with bytes between them. */
static void test_stride(void **state)
{
    (void)state;
    static const struct order {
        const char *id;
        int32_t day;
        char between;
        float amount;
    } orders[] = {{"a", 18000, 'x', 1.5f}, {"b", 18001, 'y', 2.25f}};
    const tsl_array array[] = {
        {.name = "customer", .dtype = TSL_TEXT, .data = &orders[0].id, .stride = sizeof orders[0]},
        {.name = "date", .dtype = TSL_DAY32, .data = &orders[0].day, .stride = sizeof orders[0]},
        {.name = "amount", .dtype = TSL_F32, .data = &orders[0].amount, .stride = sizeof orders[0]}};
    reading *r = new_reading(TSL_TRANSACTIONS);
    assert_int_equal(build(r, array, 3, 2), TSL_OK);
    assert_int_equal(column(r, TSL_ROLE_AMOUNT)->integer[1], 22500);
    assert_string_equal(text_at(column(r, TSL_ROLE_CUSTOMER), 1), "b");
    free_reading(r);
}

static void test_refused(void **state)
{
    (void)state;
    tsl_array good[3];
    make_orders(good, &(tsl_array){.name = "paid", .dtype = TSL_F64, .data = amounts});
    static const struct {
        tsl_array amount;
        size_t count, rows;
        tsl_status status;
        const char *message;
    } cases[] = {
        {{.name = "paid", .dtype = (tsl_dtype)99, .data = amounts}, 3, 4, TSL_E_OPTION, "\"paid\": 99 is no dtype"},
        {{.name = "paid", .dtype = TSL_F64}, 3, 4, TSL_E_OPTION, "\"paid\": has no data"},
        {{.name = "paid", .dtype = TSL_F64, .data = amounts, .stride = 4},
         3,
         4,
         TSL_E_OPTION,
         "a stride of 4 is below"},
        {{.name = "paid", .dtype = TSL_DECIMAL64, .data = days, .scale = 19}, 3, 4, TSL_E_OPTION, "a scale of 19"},
        {{.name = "\xFF", .dtype = TSL_F64, .data = amounts}, 3, 4, TSL_E_OPTION, "the name of column 3 is not valid"},
        {{.name = "paid", .dtype = TSL_F64, .data = amounts}, 0, 4, TSL_E_OPTION, "arrays: no column is given"},
        {{.name = "paid", .dtype = TSL_F64, .data = amounts}, 2, 4, TSL_E_NOT_FOUND, "recognised as the amount"},
        {{.name = "paid", .dtype = TSL_F64, .data = amounts}, 3, 0, TSL_E_INPUT, "arrays: no row of transactions"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        reading *r = new_reading(TSL_TRANSACTIONS);
        make_orders(good, &cases[i].amount);
        assert_int_equal(build(r, good, cases[i].count, cases[i].rows), cases[i].status);
        if (!strstr(r->err.message, cases[i].message)) {
            fail_msg("%s, not \"%s\"", r->err.message, cases[i].message);
        }
        free_reading(r);
    }
    reading *r = new_reading(TSL_TRANSACTIONS);
    make_orders(good, &(tsl_array){.name = "paid", .dtype = TSL_F64, .data = amounts});
    good[1].role = TSL_ROLE_CUSTOMER;
    assert_int_equal(build(r, good, 3, 4), TSL_E_OPTION);
    assert_non_null(strstr(r->err.message, "the role customer is mapped twice"));
    good[1].role = (tsl_role)99;
    assert_int_equal(build(r, good, 3, 4), TSL_E_OPTION);
    assert_string_equal(r->err.message, "array \"when\": 99 is no role");
    good[1].role = TSL_ROLE_KIND;
    assert_int_equal(build(r, good, 3, 4), TSL_E_OPTION);
    assert_non_null(strstr(r->err.message, "transactions have no role \"kind\""));
    r->kind = TSL_TABLE_KINDS;
    assert_int_equal(build(r, good, 3, 4), TSL_E_OPTION);
    free_reading(r);
}

/* What a table gives can be given back. */
static void test_round(void **state)
{
    (void)state;
    reading *first = read_text(TSL_TRANSACTIONS, "customer,date,amount,category\na,2020-01-01 10:00,1.5,x\n"
                                                 "b,2020-01-02 11:00,2.25,\nb,2020-01-03 12:00,-3,y\n");
    tsl_array array[8] = {{0}};
    size_t count = tsl_table_get_column_count(first->table);
    for (size_t i = 0; i < count; i++) {
        const tsl_column *c = tsl_table_get_column(first->table, i);
        array[i] = (tsl_array){.name = c->name, .role = c->role};
        array[i].dtype = c->code ? TSL_CODE32 : c->type == TSL_TYPE_TIME ? TSL_SECOND64 : TSL_DECIMAL64;
        array[i].data = c->code ? (const void *)c->code : (const void *)c->integer;
        array[i].level = c->dict;
        array[i].level_count = c->dict_count;
        array[i].scale = TSL_DECIMAL_PLACES;
    }
    reading *again = new_reading(TSL_TRANSACTIONS);
    assert_int_equal(build(again, array, count, tsl_table_get_rows(first->table)), TSL_OK);
    for (size_t i = 0; i < count; i++) {
        check_columns(tsl_table_get_column(first->table, i), tsl_table_get_column(again->table, i), 3);
    }
    free_reading(again);
    free_reading(first);
}

static void test_known(void **state)
{
    (void)state;
    tsl_array orders[3];
    const tsl_array people[] = {{.name = "id", .dtype = TSL_TEXT, .data = ids}};
    reading *known = new_reading(TSL_CUSTOMERS), *r = new_reading(TSL_TRANSACTIONS);
    assert_int_equal(build(known, people, 1, 3), TSL_OK);
    make_orders(orders, &(tsl_array){.name = "paid", .dtype = TSL_F64, .data = amounts});
    r->known = known->table;
    assert_int_equal(build(r, orders, 3, 4), TSL_OK);
    assert_int_equal(tsl_table_get_info(r->table)->orphans, 1);
    free_reading(r);
    free_reading(known);
}

static int stop_at_once(void *user, const tsl_progress_event *event)
{
    (void)user;
    assert_string_equal(event->stage, "transactions");
    return 1;
}

static void test_cancelled(void **state)
{
    (void)state;
    tsl_array orders[3];
    int stop = 1;
    make_orders(orders, &(tsl_array){.name = "paid", .dtype = TSL_F64, .data = amounts});
    reading *r = new_reading(TSL_TRANSACTIONS);
    r->exec.report = stop_at_once;
    assert_int_equal(build(r, orders, 3, 4), TSL_E_CANCELLED);
    r->exec.report = NULL;
    r->exec.stop = &stop;
    assert_int_equal(build(r, orders, 3, 4), TSL_E_CANCELLED);
    free_reading(r);
}

/* ---- Streams ---------------------------------------------------------------------------- */

static tsl_status build_stream(reading *r, struct ArrowArrayStream *stream)
{
    r->opt.max_rejects = 1;
    tsl_status status =
        tsl_table_build_arrow(r->kind, stream, r->known, &r->sink, &r->opt, &r->exec, &r->table, &r->err);
    assert_int_equal(status, r->err.status);
    assert_int_equal(status == TSL_OK, r->table != NULL);
    assert_null(stream->release);
    assert_int_equal(in_use, 0);
    return status;
}

/* The stream is released, whatever stops the work. */
static void test_stream_fails(void **state)
{
    (void)state;
    static const struct {
        int fail_at, error;
        tsl_status status;
        const char *message;
    } cases[] = {{1, EIO, TSL_E_IO, "Arrow stream: the producer is tired"},
                 {2, EINVAL, TSL_E_INPUT, "Arrow stream: the producer is tired"},
                 {2, ENOMEM, TSL_E_NOMEM, "out of memory"}};
    tsl_array orders[3];
    struct ArrowArrayStream stream;
    make_orders(orders, &(tsl_array){.name = "paid", .dtype = TSL_F64, .data = amounts});
    for (size_t i = 0; i < 3; i++) {
        reading *r = new_reading(TSL_TRANSACTIONS);
        map_role(r, TSL_ROLE_CUSTOMER, "who");
        map_role(r, TSL_ROLE_TIME, "when");
        map_role(r, TSL_ROLE_AMOUNT, "paid");
        stream_state *s = make_stream(&stream, orders, 3, 4);
        s->batch = 2;
        s->fail_at = cases[i].fail_at;
        s->error = cases[i].error;
        assert_int_equal(build_stream(r, &stream), cases[i].status);
        assert_string_equal(r->err.message, cases[i].message);
        free_reading(r);
    }
    reading *r = new_reading(TSL_TRANSACTIONS); /* no role is recognised */
    make_stream(&stream, orders, 3, 4);
    assert_int_equal(build_stream(r, &stream), TSL_E_NOT_FOUND);
    r->opt.header = -7;
    make_stream(&stream, orders, 3, 4);
    assert_int_equal(build_stream(r, &stream), TSL_E_OPTION);
    r->opt.header = 1;
    assert_int_equal(build_stream(r, &stream), TSL_E_OPTION); /* released before */
    assert_non_null(strstr(r->err.message, "released already"));
    make_stream(&stream, orders, 0, 4);
    assert_int_equal(build_stream(r, &stream), TSL_E_OPTION);
    r->kind = (tsl_table_kind)-1;
    make_stream(&stream, orders, 3, 4);
    assert_int_equal(build_stream(r, &stream), TSL_E_OPTION);
    free_reading(r);
}

static int get_plain_schema(struct ArrowArrayStream *stream, struct ArrowSchema *out)
{
    (void)stream;
    make_schema(out, "i", NULL);
    return 0;
}

static int get_no_schema(struct ArrowArrayStream *stream, struct ArrowSchema *out)
{
    (void)stream;
    (void)out;
    return EINVAL;
}

/* A batch with a column less, and one with a record that is missing as a whole. */
static int get_short_batch(struct ArrowArrayStream *stream, struct ArrowArray *out)
{
    int code = get_next(stream, out);
    if (out->release) {
        struct ArrowArray *last = out->children[--out->n_children];
        last->release(last);
        free(last);
    }
    return code;
}

static int get_missing_record(struct ArrowArrayStream *stream, struct ArrowArray *out)
{
    int code = get_next(stream, out);
    uint8_t *valid = malloc(1);
    *valid = 0x0B;
    if (out->release) {
        out->buffers[0] = valid;
    } else {
        free(valid);
    }
    return code;
}

static int get_short_column(struct ArrowArrayStream *stream, struct ArrowArray *out)
{
    int code = get_next(stream, out);
    if (out->release) {
        out->children[1]->length = 1;
    }
    return code;
}

static void release_without(struct ArrowSchema *schema)
{
    schema->n_children = 0;
    release_schema(schema);
}

/* Columns that are announced, but not there: the list of them, one of them, its array. */
static int get_no_columns(struct ArrowArrayStream *stream, struct ArrowSchema *out)
{
    (void)stream;
    make_schema(out, "+s", NULL);
    out->n_children = 3;
    out->release = release_without;
    return 0;
}

static int get_no_column(struct ArrowArrayStream *stream, struct ArrowSchema *out)
{
    int code = get_no_columns(stream, out);
    out->children = calloc(3, sizeof(struct ArrowSchema *));
    return code;
}

static void release_two(struct ArrowArray *array)
{
    array->children[1] = array->children[--array->n_children];
    release_array(array);
}

static int get_no_array(struct ArrowArrayStream *stream, struct ArrowArray *out)
{
    int code = get_next(stream, out);
    if (out->release) {
        out->children[1]->release(out->children[1]);
        free(out->children[1]);
        out->children[1] = NULL;
        out->release = release_two;
    }
    return code;
}

static void test_stream_is_odd(void **state)
{
    (void)state;
    tsl_array orders[3];
    struct ArrowArrayStream stream;
    make_orders(orders, &(tsl_array){.name = "paid", .dtype = TSL_F64, .data = amounts});
    orders[0].name = "customer";
    orders[1].name = "date";
    orders[2].name = "amount";
    const struct {
        int (*schema)(struct ArrowArrayStream *, struct ArrowSchema *);
        int (*next)(struct ArrowArrayStream *, struct ArrowArray *);
        const char *message;
    } cases[] = {{get_plain_schema, get_next, "records of columns are expected"},
                 {get_no_schema, get_next, "the producer is tired"},
                 {get_no_columns, get_next, "the schema announces 3 columns, but none is there"},
                 {get_no_column, get_next, "column 1 of the schema is not there"},
                 {get_schema, get_no_array, "column \"date\" of a batch is not there"},
                 {get_schema, get_short_batch, "a batch is not as the schema says"},
                 {get_schema, get_missing_record, "record 3 is missing as a whole"},
                 {get_schema, get_short_column, "column \"date\" is not as its schema says"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        reading *r = new_reading(TSL_TRANSACTIONS);
        make_stream(&stream, orders, 3, 4);
        stream.get_schema = cases[i].schema;
        stream.get_next = cases[i].next;
        assert_int_equal(build_stream(r, &stream), TSL_E_INPUT);
        if (!strstr(r->err.message, cases[i].message)) {
            fail_msg("%s, not \"%s\"", r->err.message, cases[i].message);
        }
        free_reading(r);
    }
    reading *r = new_reading(TSL_TRANSACTIONS);
    make_stream(&stream, orders, 3, 4);
    stream.get_schema = NULL;
    assert_int_equal(build_stream(r, &stream), TSL_E_OPTION);
    assert_string_equal(r->err.message, "Arrow stream: get_schema is not there");
    make_stream(&stream, orders, 3, 4);
    stream.get_next = NULL;
    assert_int_equal(build_stream(r, &stream), TSL_E_OPTION);
    assert_string_equal(r->err.message, "Arrow stream: get_next is not there");
    make_stream(&stream, orders, 3, 4);
    assert_int_equal(build_stream(r, &stream), TSL_OK);
    assert_int_equal(tsl_table_get_rows(r->table), 4);
    free_reading(r);
}

/* A status that stands on one line of an order alone, of texts, codes or numbers; in a stream over its batches. */
static void test_order_statuses(void **state)
{
    (void)state;
    enum { LINES = 6 };
    static const char *const who[] = {"a", "b", "b", "a", "b", "a"}, *const label[] = {"paid", "refunded"},
                             *const text[] = {NULL, "", "refunded", "paid", "NULL", "\xFF"};
    static const int32_t order[] = {1, 2, 2, 1, 2, 3}, code[] = {-1, -1, 1, 0, -1, 7};
    static const int32_t day[] = {19000, 19001, 19001, 19000, 19001, 19002};
    static const double spent[] = {1, 1, 1, 1, 1, 1}, number[] = {NAN, NAN, 1, 0, NAN, NAN};
    static const struct {
        tsl_array status;
        const char *where;
    } cases[] = {
        {{.name = "status", .dtype = TSL_TEXT, .data = text}, "coalesce(status, '') != 'refunded'"},
        {{.name = "status", .dtype = TSL_CODE32, .data = code, .level = label, .level_count = 2},
         "coalesce(status, '') != 'refunded'"},
        {{.name = "is_refunded", .dtype = TSL_F64, .data = number}, "coalesce(is_refunded, 0) = 0"},
    };
    for (size_t i = 0; i < 12; i++) {
        const size_t c = i / 4;
        const tsl_array array[] = {{.name = "customer", .dtype = TSL_TEXT, .data = who},
                                   {.name = "order", .dtype = TSL_I32, .data = order},
                                   {.name = "date", .dtype = TSL_DAY32, .data = day},
                                   {.name = "amount", .dtype = TSL_F64, .data = spent},
                                   cases[c].status};
        reading *r = new_reading(TSL_TRANSACTIONS);
        r->opt.where = cases[c].where;
        r->opt.max_rejects = 1;
        r->exec.threads = 1 + (int)i % 2;
        if (i % 4 < 2) {
            assert_int_equal(build(r, array, 5, LINES), TSL_OK);
        } else {
            struct ArrowArrayStream stream;
            make_stream(&stream, array, 5, LINES)->batch = 2;
            assert_int_equal(build_stream(r, &stream), TSL_OK);
        }
        if (tsl_table_get_rows(r->table) != 3 ||
            !has_line(&r->table->info.notes, "empty in 3 rows whose order has it on another line, the first in ")) {
            fail_msg("case %zu: %zu rows", i, tsl_table_get_rows(r->table));
        }
        free_reading(r);
    }
    assert_int_equal(in_use, 0);
}

/* The last column as times of day, which are not read. */
static int get_clock_schema(struct ArrowArrayStream *stream, struct ArrowSchema *out)
{
    const int failed = get_schema(stream, out);
    struct ArrowSchema *last = out->children[out->n_children - 1];
    free((void *)(uintptr_t)last->format);
    last->format = strdup("ttu");
    return failed;
}

/* Times of day beside days: texts are joined with them, what cannot be read stays unused. */
static void test_clocks(void **state)
{
    (void)state;
    static const char *const clocks[] = {"15:20", NULL, "8:30 PM", "00:00"};
    static const int64_t micros[] = {0, 1, 2, 3};
    tsl_array array[4];
    struct ArrowArrayStream stream;
    make_orders(array, &(tsl_array){.name = "paid", .dtype = TSL_F64, .data = amounts});
    array[1].name = "date";
    array[3] = (tsl_array){.name = "time", .dtype = TSL_TEXT, .data = clocks};
    reading *r = new_reading(TSL_TRANSACTIONS);
    assert_int_equal(build(r, array, 4, 4), TSL_OK);
    const int64_t *time = column(r, TSL_ROLE_TIME)->integer;
    assert_int_equal(time[0], (int64_t)days[0] * 86400 + 15 * 3600 + 20 * 60);
    assert_int_equal(time[1], (int64_t)days[1] * 86400);
    assert_int_equal(time[2], (int64_t)days[2] * 86400 + 20 * 3600 + 30 * 60);
    free_reading(r);
    array[0].name = "customer";
    array[2].name = "amount";
    array[3] = (tsl_array){.name = "time", .dtype = TSL_I64, .data = micros};
    r = new_reading(TSL_TRANSACTIONS);
    make_stream(&stream, array, 4, 4);
    stream.get_schema = get_clock_schema;
    assert_int_equal(build_stream(r, &stream), TSL_OK);
    assert_true(has_line(&tsl_table_get_info(r->table)->understood, "not used: time"));
    free_reading(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_same_table),    cmocka_unit_test(test_rejects),
        cmocka_unit_test(test_codes),         cmocka_unit_test(test_ids),
        cmocka_unit_test(test_inexact_texts), cmocka_unit_test(test_times),
        cmocka_unit_test(test_plain_days),    cmocka_unit_test(test_long_integers),
        cmocka_unit_test(test_stride),        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_round),         cmocka_unit_test(test_known),
        cmocka_unit_test(test_cancelled),     cmocka_unit_test(test_stream_fails),
        cmocka_unit_test(test_stream_is_odd), cmocka_unit_test(test_order_statuses),
        cmocka_unit_test(test_clocks),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
