/* test_merge.c: a table of many blocks: the same for any number of threads, and as the file was made. */
#include "table/help.h"

enum { ROWS = 90000 };

/* Everything that a reading says and holds, in one number. */
static uint64_t digest, reject_count;

static void add_bytes(const void *bytes, size_t n)
{
    const unsigned char *b = bytes;
    for (size_t i = 0; i < n; i++) {
        digest = (digest ^ b[i]) * 1099511628211U;
    }
}

static void add_text(const char *text)
{
    add_bytes(text ? text : "\1", text ? strlen(text) + 1 : 2);
}

static void add_number(uint64_t number)
{
    add_bytes(&number, sizeof number);
}

static tsl_status digest_reject(void *user, const tsl_reject *r, tsl_error *err)
{
    (void)err;
    ++*(uint64_t *)user;
    add_text(r->file);
    add_text(r->column);
    add_text(r->text);
    add_text(r->message);
    add_number(r->line);
    add_number((uint64_t)r->kind);
    return TSL_OK;
}

static void add_notes(const tsl_notes *notes)
{
    for (size_t i = 0; i < notes->count; i++) {
        add_text(notes->text[i]);
    }
}

static void add_table(const tsl_table *t)
{
    const tsl_table_info *info = tsl_table_get_info(t);
    add_notes(&info->notes);
    add_notes(&info->understood);
    add_number(info->read);
    add_number(info->orphans);
    add_number(info->rounded);
    add_number((uint64_t)info->first_time);
    add_number((uint64_t)info->last_time);
    add_text(tsl_table_get_reading(t));
    for (size_t i = 0; i < t->column_count; i++) {
        const tsl_column *c = &t->column[i];
        add_text(c->name);
        add_number(c->missing);
        for (size_t row = 0; row < t->rows; row++) {
            add_text(c->code ? text_at(c, row) : NULL);
            add_bytes(c->integer ? &c->integer[row] : NULL, c->integer ? sizeof *c->integer : 0);
            add_bytes(c->number ? &c->number[row] : NULL, c->number ? sizeof *c->number : 0);
        }
    }
}

/* Reads by so many threads; the digest of it all. */
static uint64_t read_by(int threads, reading *r)
{
    reject_count = 0;
    digest = 14695981039346656037U;
    r->exec.threads = threads;
    r->sink = (tsl_reject_sink){digest_reject, &reject_count};
    r->rejects = 0;
    tsl_status status =
        tsl_table_read(r->kind, r->file, r->files, r->known, &r->sink, &r->opt, &r->exec, &r->table, &r->err);
    add_number(status);
    add_text(r->err.message);
    if (status == TSL_OK) {
        add_table(r->table);
    }
    return digest;
}

static void check_threads(reading *r)
{
    for (r->opt.by_customer = 1; r->opt.by_customer >= 0; r->opt.by_customer--) {
        tsl_table_free(r->table);
        const uint64_t alone = read_by(1, r);
        for (int threads = 2; threads <= 7; threads += threads == 3 ? 4 : 1) {
            tsl_table_free(r->table);
            assert_true(read_by(threads, r) == alone);
        }
    }
}

/* Rows that are kept by customer: the same is said of them as of columns, to the reject. */
static void check_by_customer(reading *r)
{
    uint64_t seen[2];
    for (int by = 0; by < 2; by++) {
        tsl_table_free(r->table);
        r->opt.by_customer = by;
        read_by(2, r); /* its rejects are in the digest, by which the cells would differ */
        digest = 14695981039346656037U;
        reject_count = 0;
        tsl_table_free(r->table);
        assert_int_equal(
            tsl_table_read(r->kind, r->file, r->files, r->known, &r->sink, &r->opt, &r->exec, &r->table, &r->err),
            TSL_OK);
        const tsl_table_info *info = tsl_table_get_info(r->table);
        add_notes(&info->notes);
        add_notes(&info->understood);
        add_number(info->read);
        add_number(info->used);
        add_number(info->orphans);
        add_number(info->rounded);
        add_number((uint64_t)info->decimals);
        add_number((uint64_t)info->time_of_day);
        add_number((uint64_t)info->clock);
        add_number((uint64_t)info->first_time);
        add_number((uint64_t)info->last_time);
        add_number(tsl_table_get_rows(r->table));
        add_text(tsl_table_get_reading(r->table));
        for (size_t i = 0; i < r->table->column_count; i++) {
            const tsl_column *c = &r->table->column[i];
            const int has_texts = c->role != TSL_ROLE_CUSTOMER && c->role != TSL_ROLE_ORDER;
            add_text(c->name);
            add_number(c->missing);
            for (size_t k = 0; k < c->dict_count && has_texts; k++) {
                add_text(c->dict[k]);
            }
        }
        seen[by] = digest;
    }
    assert_true(seen[0] == seen[1]);
}

/* What a file was made of. */
typedef struct made {
    uint64_t read, rejected, missing_category;
    int64_t sum; /* of the amounts used, in units */
} made;

/* Orders with every kind of trouble, none of which may depend on where blocks are cut. */
static const char *write_orders(const char *name, unsigned seed, made *m)
{
    const char *path = path_of(name);
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    fputs("order,customer,date,amount,category,sku\n", f);
    uint64_t state = seed;
    for (int i = 0; i < ROWS; i++) {
        state = state * 6364136223846793005U + 1442695040888963407U;
        const unsigned r = (unsigned)(state >> 33), cents = r % 100000, what = r % 997;
        const int bad = what == 0 || what == 1 || what == 2 || what == 3;
        m->read++;
        m->rejected += (uint64_t)bad;
        m->sum += bad ? 0 : (int64_t)cents * 100;
        if (what == 0) {
            fprintf(f, "%d,c%u,3/4/2021\n", i, r % 5000);
        } else if (what == 1) {
            fprintf(f, "%d,,3/4/2021,1.00,x,y\n", i);
        } else {
            m->missing_category += !bad && what == 4;
            fprintf(f, "%d,c%u,%s,%s%u.%02u,%s,s%u%s", i, r % 5000,
                    what == 2 ? "2021-13-01"
                    : i % 3   ? "3/4/2021"
                              : "2/25/2021",
                    what == 3 ? "x" : "", cents / 100, cents % 100,
                    what == 4   ? ""
                    : what == 5 ? "\"a, \"\"b\"\"\nc\""
                                : "food",
                    r % 40, what == 6 ? "\r\n\n" : "\n");
        }
    }
    assert_int_equal(fclose(f), 0);
    return path;
}

static void test_events(void **state)
{
    (void)state;
    made m = {0};
    reading *r = new_reading(TSL_TRANSACTIONS);
    add_file(r, write_orders("a.csv", 1, &m));
    add_file(r, write_orders("b.csv", 2, &m));
    r->lookup[0] = (tsl_lookup){.source = source_of(write_text("sku.csv", "sku,kind\ns1,one\ns2,two\n")), .key = "sku"};
    r->opt.lookup_count = 1;
    map_role(r, TSL_ROLE_CHANNEL, "kind");
    check_threads(r);
    const tsl_table_info *info = tsl_table_get_info(r->table);
    assert_int_equal(info->read, m.read);
    assert_int_equal(info->rejected, m.rejected);
    assert_int_equal(reject_count, m.rejected);
    assert_int_equal(column(r, TSL_ROLE_CATEGORY)->missing, m.missing_category);
    int64_t sum = 0;
    for (size_t row = 0; row < r->table->rows; row++) {
        sum += column(r, TSL_ROLE_AMOUNT)->integer[row];
    }
    assert_true(sum == m.sum);
    assert_true(has_line(&info->notes, "38 keys of \"sku\""));
    check_by_customer(r);
    free_reading(r);
}

/* Where the customers are known, refused or not, and an as-of day stands. */
static void test_known(void **state)
{
    (void)state;
    made m = {0};
    char *ids = malloc(40000), *to = ids + sprintf(ids, "customer,age\n");
    assert_non_null(ids);
    for (int i = 0; i < 2500; i++) {
        to += sprintf(to, "c%d,%d\n", 2 * i, 20 + i % 50);
    }
    reading *known = read_text(TSL_CUSTOMERS, ids);
    const char *path = write_orders("a.csv", 3, &m);
    for (int refuse = 0; refuse < 2; refuse++) {
        reading *r = new_reading(TSL_TRANSACTIONS);
        add_file(r, path);
        r->known = known->table;
        r->opt.reject_orphans = refuse;
        assert_int_equal(tsl_day_read("2021-03-04", &r->opt.as_of, NULL), 0); /* 3/4 is not late, but 4/3 would be */
        check_threads(r);
        assert_true(refuse ? tsl_table_get_rejected(r->table, TSL_REJECT_ORPHAN) > ROWS / 10
                           : r->table->info.orphans > ROWS / 10);
        check_by_customer(r);
        free_reading(r);
    }
    free_reading(known);
    free(ids);
}

/* Rows far behind all others: rejected in the order of the files, and what they held is not counted. */
static void test_far(void **state)
{
    (void)state;
    made m = {0};
    for (int slip = 0; slip < 2; slip++) {
        const char *path = write_orders("a.csv", 5, &m);
        FILE *f = fopen(path, "ab");
        assert_non_null(f);
        for (int i = 0; i < 9; i++) {
            fprintf(f, "9%d,c%d,20%d-01-0%d,1.23456,only there,s1\n", i, i, slip ? 31 : 31 + i, 1 + i);
            fprintf(f, "8%d,c%d,2/25/2021,1.23456,food,s1\n", i, i);
        }
        assert_int_equal(fclose(f), 0);
        reading *r = new_reading(TSL_TRANSACTIONS);
        add_file(r, path);
        add_file(r, write_orders("b.csv", 6, &m));
        check_threads(r);
        check_by_customer(r);
        free_reading(r);
    }
}

/* Numbers of rows as ids, columns of every type, and what refuses them. */
static void test_customers(void **state)
{
    (void)state;
    const char *path = path_of("customers.csv");
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    fputs("age,city,born,spend\n", f);
    for (int i = 0; i < ROWS; i++) {
        fprintf(f, "%d,%s,%d.%d.1980,%d%s\n", 20 + i % 60, i % 7 ? "Lima" : "Quito", 1 + i % 28, 1 + i % 12, i % 977,
                i % 5000 ? "" : ",ragged");
    }
    assert_int_equal(fclose(f), 0);
    reading *r = new_reading(TSL_CUSTOMERS);
    add_file(r, path);
    map_role(r, TSL_ROLE_CUSTOMER, TSL_ROW_NUMBER);
    check_threads(r);
    free_reading(r);
}

/* The first thing that is wrong is told, whoever finds it first. */
static void test_refused(void **state)
{
    (void)state;
    made m = {0};
    const char *path = write_orders("a.csv", 4, &m);
    FILE *f = fopen(path, "ab");
    assert_non_null(f);
    fputs("1,c1,3/4/2021,\"1.00,x,y\nand so on\n", f);
    assert_int_equal(fclose(f), 0);
    reading *r = new_reading(TSL_TRANSACTIONS);
    add_file(r, path);
    add_file(r, write_text("b.csv", "order,customer,date,amount\n1,c1,3/4/2021,\"1.00,x,y\nand so on\n"));
    check_threads(r);
    assert_non_null(strstr(r->err.message, "a.csv:"));
    assert_non_null(strstr(r->err.message, "the quote that opens on this line is not closed"));
    /* a file that is not there is told before any row is read */
    r->file[1] = source_of(path_of("is_not_there.csv"));
    check_threads(r);
    assert_non_null(strstr(r->err.message, "is_not_there.csv"));
    free_reading(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_events),    cmocka_unit_test(test_known),   cmocka_unit_test(test_far),
        cmocka_unit_test(test_customers), cmocka_unit_test(test_refused),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
