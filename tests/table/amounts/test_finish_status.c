/* test_finish_status.c: rows that are no sale are counted and named, with the condition that leaves them out. */
#include "base/text.h"
#include "help.h"

static const char rows[] = "customer_id,order_id,order_date,amount,\"Order Status\"\nA,1,2024-01-05,100,Completed\n"
                           "A,2,2024-01-15,900,Cancelled\nB,3,2024-01-06,-40,Completed\nC,4,2024-01-09,90,Refunded\n"
                           "D,5,2024-02-09,60,\nD,6,2024-02-09,60,Cancelled\nD,7,,60,Unpaid\n";

static reading *read_rows(const char *text, const char *where, int by_customer, int threads)
{
    reading *r = new_reading(TSL_TRANSACTIONS);
    add_file(r, write_text("t.csv", text));
    r->opt.where = where;
    r->opt.by_customer = by_customer;
    r->exec.threads = threads;
    r->opt.max_rejects = 1;
    assert_int_equal(run(r), TSL_OK);
    return r;
}

static void test_named(void **state)
{
    (void)state;
    for (int way = 0; way < 3; way++) {
        reading *r = read_rows(rows, NULL, way > 0, 1 + way);
        assert_true(
            has_line(&r->table->info.notes,
                     "Order Status: rows that by their status are no sale are counted as sales: \"Cancelled\" in "
                     "2 rows (76.8 % of the money), \"Refunded\" in 1 row (7.2 % of the money), the first in "));
        assert_true(has_line(&r->table->info.notes, "t.csv:3; --where \"coalesce(\\\"Order Status\\\", '') not in "
                                                    "('Cancelled', 'Refunded')\" leaves them out"));
        assert_int_equal(r->table->rows, 6);
        free_reading(r);
    }
    reading *r = read_rows(rows, "coalesce(\"Order Status\", '') not in ('Cancelled', 'Refunded')", 1, 2);
    assert_int_equal(r->table->info.notes.count, 0);
    assert_int_equal(r->table->rows, 3);
    free_reading(r);
}

/* Rows that leave once their statuses are counted are told of. */
static void test_left(void **state)
{
    (void)state;
    for (int way = 0; way < 2; way++) {
        char text[4096] = "customer,date,amount,status\n";
        for (int i = 0; i < 40; i++) {
            char row[64];
            snprintf(row, sizeof row, "c%d,2024-01-%02d,%d,%s\n", i % 7, 1 + i % 28, i, i % 4 ? "paid" : "refunded");
            strcat(text, row);
        }
        strcat(text, "c1,2031-01-01,5,refunded\nc2,2031-01-01,5,refunded\n");
        reading *r = read_rows(text, NULL, way, 1 + way);
        assert_int_equal(r->table->rows, 40);
        assert_true(has_line(&r->table->info.notes, "of these rows some may be among the 2 that are rejected since"));
        free_reading(r);
    }
}

/* Cells that do not fit count where their row is used. */
static void test_unfit(void **state)
{
    (void)state;
    for (int way = 0; way < 2; way++) {
        reading *r = new_reading(TSL_TRANSACTIONS);
        add_file(r, write_text("t.csv", "customer,quantity,date,amount\na,x,never,1\nb,y,2024-01-02,2\n"
                                        "c,z,2024-03-02,2\nd,1,2024-01-02,2\n"));
        r->opt.by_customer = way;
        r->opt.max_rejects = 1;
        assert_int_equal(tsl_day_read("2024-02-01", &r->opt.as_of, NULL), TSL_OK);
        assert_int_equal(run(r), TSL_OK);
        assert_int_equal(r->table->rows, 2);
        assert_true(has_line(&r->table->info.notes, "1 cell does not"));
        assert_true(has_line(&r->table->info.notes, "t.csv:3: \"y\""));
        free_reading(r);
    }
}

/* Many files: a value is the same whichever file it stands in, and one with too many values is no status. */
static void test_no_status(void **state)
{
    (void)state;
    char text[4096] = "customer,date,amount,status\n";
    for (int i = 0; i < 60; i++) {
        char row[64];
        snprintf(row, sizeof row, "a,2024-01-01,1,%s%d\n", i ? "x" : "cancelled,", i);
        strncat(text, i ? row : "a,2024-01-01,1,cancelled\n", sizeof text - strlen(text) - 1);
    }
    reading *r = read_rows(text, NULL, 0, 1);
    assert_int_equal(r->table->info.notes.count, 0);
    free_reading(r);
}

/* The share is of all money, that of rows without a status as well. */
static void test_share(void **state)
{
    (void)state;
    char text[1024] = "customer,date,amount,status\na,2024-01-01,10,cancelled\nb,2024-01-02,10,paid\n";
    for (int i = 2; i < 20; i++) {
        strcat(text, i % 2 ? "c,2024-01-03,10,\n" : "c,2024-01-04,10,NULL\n");
    }
    for (int way = 0; way < 3; way++) {
        reading *r = read_rows(text, NULL, way > 0, 1 + way);
        assert_true(has_line(&r->table->info.notes, "\"cancelled\" in 1 row (5 % of the money)"));
        free_reading(r);
    }
}

/* Stages, flags and types of documents; b is the sale. */
static void test_columns(void **state)
{
    (void)state;
    static const struct {
        const char *name, *none, *sale, *amount, *where;
    } cases[] = {
        {"Stage", "Closed Lost", "Closed Won", "1", "coalesce(Stage, '') != 'Closed Lost'"},
        {"Deal Stage", "Prospecting", "Closed Won", "1", "!= 'Prospecting'"},
        {"Stage", "caterpillar", "butterfly", "1", NULL},
        {"is_cancelled", "1", "0", "1", "coalesce(is_cancelled, '') != '1'"},
        {"Cancelled", "Yes", "No", "1", "!= 'Yes'"},
        {"Cancelled", "1", "2", "1", NULL},
        {"是否退款", "是", "否", "1", "!= '是'"},
        {"is_paid", "false", "true", "1", "!= 'false'"},
        {"Transaction Type", "Refund", "Charge", "1", "!= 'Refund'"},
        {"单据类型", "销售退货", "销售出库", "1", "!= '销售退货'"},
        {"Doc Type", "Credit Memo", "Invoice", "-1", NULL}, /* its sign says so */
        {"Status", "Partially refunded", "paid", "1", "!= 'Partially refunded'"},
        {"订单状态", "(删除)等待出库", "完成", "1", "!= '(删除)等待出库'"},
        {"Status", "Shipped - Returned to Seller", "Shipped", "1", "!= 'Shipped - Returned to Seller'"},
        {"Event Type", "Refund", "Payment", "1",
         "if(coalesce(\\\"Event Type\\\", '') = 'Refund', -abs(amount), amount)"},
        {"Type de pièce", "Avoir", "Facture", "1", "!= 'Avoir'"},
        {"Fakturaart", "RE", "F2", "1", "if(coalesce(Fakturaart, '') = 'RE', -abs(amount), amount)"},
        {"Billing Type", "S2", "F2", "1", NULL},
        {"Billing Type", "G2", "F2", "-1", NULL},
        {"红蓝标志", "红字", "蓝字", "1", "!= '红字'"},
        {"红字", "是", "否", "1", "!= '是'"},
        {"红字", "是", "否", "-1", NULL},
        {"Storno", "X", "", "1", "!= 'X'"},
        {"Storno", "ja", "nein", "1", "!= 'ja'"},
        {"Storno", "Storno", "", "1", "!= 'Storno'"},
        {"Storno", "X", "A", "1", NULL},
        {"delivery_status", "undelivered", "delivered", "1", "!= 'undelivered'"},
        {"delivery_status", "pending", "delivered", "1", NULL},
        {"test", "true", "false", "1", "!= 'true'"},
        {"test", "control", "variant", "1", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[400];
        snprintf(text, sizeof text, "customer,date,amount,%s\na,2024-01-01,%s,%s\nb,2024-01-02,1,%s\n", cases[i].name,
                 cases[i].amount, cases[i].none, cases[i].sale);
        reading *r = read_rows(text, NULL, i % 2, 1);
        if (has_line(&r->table->info.notes, "are no sale") != (cases[i].where != NULL) ||
            (cases[i].where && !has_line(&r->table->info.notes, cases[i].where))) {
            fail_msg("%s: %s", cases[i].name, cases[i].none);
        }
        free_reading(r);
    }
}

/* A type is told where most of its amounts do not tell it: two of three that are below 0 do. */
static void test_signs(void **state)
{
    (void)state;
    static const struct {
        const char *name, *value, *amount[3];
        int is_told;
    } cases[] = {{"Doc Type", "Credit Memo", {"-1", "-2", "3"}, 0},
                 {"Doc Type", "Credit Memo", {"-1", "2", "3"}, 1},
                 {"is_cancelled", "yes", {"-1", "-2", "3"}, 0},
                 {"is_cancelled", "yes", {"-1", "2", "3"}, 1}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[400];
        int at = snprintf(text, sizeof text, "customer,date,amount,%s\n", cases[i].name);
        for (int k = 0; k < 3; k++) {
            at += snprintf(text + at, sizeof text - (size_t)at, "a,2024-01-0%d,%s,%s\n", k + 1, cases[i].amount[k],
                           cases[i].value);
        }
        reading *r = read_rows(text, NULL, i % 2, 1);
        assert_int_equal(has_line(&r->table->info.notes, "are no sale"), cases[i].is_told);
        free_reading(r);
    }
}

/* An order that was pending in one file may be paid in another: a condition takes it for those that stand there once.
 */
static void test_changed(void **state)
{
    (void)state;
    static const struct {
        const char *header, *status;
        size_t files;
        int is_told;
    } cases[] = {{"customer,order,date,amount,status\n", "pending", 2, 1},
                 {"customer,order,date,amount,status\n", "待付款", 2, 1},
                 {"customer,order,date,amount,status\n", "cancelled", 2, 0}, /* which it stays */
                 {"customer,order,date,amount,status\n", "pending", 1, 0},
                 {"customer,x,date,amount,status\n", "pending", 2, 0}};
    for (size_t i = 0; i < 2 * sizeof cases / sizeof *cases; i++) {
        reading *r = new_reading(TSL_TRANSACTIONS);
        for (size_t f = 0; f < cases[i / 2].files; f++) {
            char text[300];
            snprintf(text, sizeof text, "%sa,o1,2024-01-01,5,%s\nb,o%zu,2024-01-02,6,%s\n", cases[i / 2].header,
                     f ? "paid" : cases[i / 2].status, 2 + f, cases[i / 2].status);
            add_file(r, write_text(f ? "b.csv" : "a.csv", text));
        }
        r->opt.by_customer = i % 2;
        assert_int_equal(run(r), TSL_OK);
        assert_true(has_line(&r->table->info.notes, "are no sale"));
        if (has_line(&r->table->info.notes,
                     "an order that another file has again, with another status, counts twice") !=
            cases[i / 2].is_told) {
            fail_msg("%zu", i);
        }
        free_reading(r);
    }
}

/* The kinds of interactions are kinds, whatever they are called. */
static void test_interactions(void **state)
{
    (void)state;
    reading *r = new_reading(TSL_INTERACTIONS);
    add_file(r, write_text("i.csv", "customer,date,Event Type\na,2024-01-01,Refund\nb,2024-01-02,visit\n"));
    assert_int_equal(run(r), TSL_OK);
    assert_string_equal(column(r, TSL_ROLE_KIND)->name, "Event Type");
    assert_false(has_line(&r->table->info.notes, "no sale"));
    free_reading(r);
}

/* ---- On one line of an order alone --------------------------------------------------------------- */

static const char shopify[] = "Name,Email,Financial Status,Created at,Lineitem quantity,Lineitem name,Lineitem price\n"
                              "#1001,a@x.com,paid,2024-01-05,1,Shirt,10\n#1002,b@x.com,refunded,2024-01-06,1,Shirt,10\n"
                              "#1002,b@x.com,,2024-01-06,4,Hat,10\n#1002,b@x.com,,2024-01-06,1,Cap,10\n";

static void test_filled(void **state)
{
    (void)state;
    for (int way = 0; way < 3; way++) {
        reading *r = read_rows(shopify, NULL, way > 0, 1 + way);
        assert_true(has_line(&r->table->info.notes,
                             "Financial Status: empty in 2 rows whose order has it on another line, the first in "));
        assert_true(has_line(&r->table->info.notes,
                             "t.csv:4: it stands on one line of an order alone, and holds for the others"));
        assert_true(has_line(&r->table->info.notes, "\"refunded\" in 3 rows (85.7 % of the money)"));
        free_reading(r);
        r = read_rows(shopify, "coalesce(\"Financial Status\", '') != 'refunded'", way > 0, 1 + way);
        assert_int_equal(r->table->rows, 1);
        assert_true(has_line(&r->table->info.notes, "Financial Status: empty in 2 rows whose order"));
        free_reading(r);
        r = read_rows(shopify, "\"Financial Status\" = 'refunded'", way > 0, 1 + way);
        assert_int_equal(r->table->rows, 3);
        free_reading(r);
    }
}

#define LINES "customer,order,date,amount,status\n"

/* What an empty status is where the orders do not say, or say that it is one of the line: missing, and told where
 * another line of its order has it. */
static void test_not_filled(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t rows; /* that are not refunded */
        const char *told;
    } cases[] = {{LINES "a,1,2024-01-01,1,refunded\na,1,2024-01-01,1,paid\na,1,2024-01-01,1,\n", 2,
                  "on one line in 0, on several in 1, on none in 0"},
                 /* one line that was returned */
                 {LINES "a,1,2024-01-01,1,refunded\na,1,2024-01-01,1,\na,2,2024-01-01,1,\nb,3,2024-01-01,1,\n", 3,
                  "empty in 1 row whose order (order) has it on another line"},
                 /* of one order the lines differ, of twenty others one has it */
                 {LINES "a,1,2024-01-01,1,refunded\na,1,2024-01-01,1,\na,1,2024-01-01,1,paid\n"
                        "b,2,2024-01-01,1,refunded\nb,2,2024-01-01,1,\nb,3,2024-01-01,1,refunded\nb,3,2024-01-01,1,\n"
                        "b,4,2024-01-01,1,refunded\nb,4,2024-01-01,1,\nb,5,2024-01-01,1,refunded\nb,5,2024-01-01,1,\n"
                        "b,6,2024-01-01,1,refunded\nb,6,2024-01-01,1,\nb,7,2024-01-01,1,refunded\nb,7,2024-01-01,1,\n"
                        "b,8,2024-01-01,1,refunded\nb,8,2024-01-01,1,\nb,9,2024-01-01,1,refunded\nb,9,2024-01-01,1,\n"
                        "c,2,2024-01-01,1,refunded\nc,2,2024-01-01,1,\nc,3,2024-01-01,1,refunded\nc,3,2024-01-01,1,\n"
                        "c,4,2024-01-01,1,refunded\nc,4,2024-01-01,1,\nc,5,2024-01-01,1,refunded\nc,5,2024-01-01,1,\n"
                        "c,6,2024-01-01,1,refunded\nc,6,2024-01-01,1,\nc,7,2024-01-01,1,refunded\nc,7,2024-01-01,1,\n"
                        "c,8,2024-01-01,1,refunded\nc,8,2024-01-01,1,\nc,9,2024-01-01,1,refunded\nc,9,2024-01-01,1,\n"
                        "d,2,2024-01-01,1,refunded\nd,2,2024-01-01,1,\nd,3,2024-01-01,1,refunded\nd,3,2024-01-01,1,\n"
                        "d,4,2024-01-01,1,refunded\nd,4,2024-01-01,1,\n",
                  2, "empty in 1 row whose order (order) has it on another line, the first in "},
                 {LINES "a,1,2024-01-01,1,refunded\na,2,2024-01-01,1,\na,,2024-01-01,1,\n", 2, NULL},
                 {LINES "a,1,2024-01-01,1,\na,1,2024-01-01,1,\n", 2, NULL},
                 {"customer,date,amount,status\na,2024-01-01,1,refunded\na,2024-01-01,1,\na,2024-01-01,1,\n", 2, NULL}};
    for (size_t i = 0; i < 2 * sizeof cases / sizeof *cases; i++) {
        const size_t c = i / 2;
        reading *r = read_rows(cases[c].text, "coalesce(status, '') != 'refunded'", i % 2, 1 + (int)(i % 2));
        const tsl_notes *notes = &r->table->info.notes;
        if (r->table->rows != cases[c].rows || has_line(notes, "take it for missing") != (cases[c].told != NULL) ||
            (cases[c].told && !has_line(notes, cases[c].told))) {
            fail_msg("case %zu: %zu rows, %s", c, r->table->rows, notes->count ? notes->text[0] : "");
        }
        free_reading(r);
    }
}

/* Shops number their orders alike: an order is its customer's. Lines without one tell nothing. */
static void test_two_shops(void **state)
{
    (void)state;
    reading *r = read_rows(LINES "a,1001,2024-01-01,1,paid\na,1001,2024-01-01,1,\nb,1001,2024-01-01,1,refunded\n"
                                 "b,1001,2024-01-01,1,\n,1001,2024-01-01,1,\n,1002,2024-01-01,1,\n"
                                 ",1003,2024-01-01,1,\n",
                           "status != 'refunded'", 0, 1);
    assert_int_equal(r->table->rows, 2);
    assert_true(has_line(&r->table->info.notes, "status: empty in 2 rows whose order has it on another line"));
    assert_false(has_line(&r->table->info.notes, "take it for missing"));
    free_reading(r);
    r = new_reading(TSL_TRANSACTIONS);
    add_file(r, write_text("t.csv", LINES "A1,1001,2024-01-01,1,refunded\na1 ,1001,2024-01-01,1,\n"));
    r->opt.where = "coalesce(status, '') != 'refunded'";
    r->opt.id_normalise = 1;
    r->opt.max_rejects = 1;
    assert_int_equal(run(r), TSL_E_INPUT); /* spellings of one customer: no row is left */
    free_reading(r);
}

/* More texts than a status has. */
static void test_many_texts(void **state)
{
    (void)state;
    for (unsigned texts = 48; texts < 50; texts++) {
        tsl__text text = {0};
        tsl__text_puts(&text, LINES);
        for (unsigned o = 0; o < texts; o++) {
            tsl__text_printf(&text, "a,%u,2024-01-01,1,s%u\na,%u,2024-01-01,1,\n", o, o, o);
        }
        reading *r = read_rows(text.data, "status is missing or status = 's1'", 0, 1);
        assert_int_equal(r->table->rows, texts > 48 ? texts + 1 : 2);
        assert_int_equal(has_line(&r->table->info.notes, "as it has over 48 values"), texts > 48);
        free_reading(r);
        tsl__text_free(&text);
    }
}

/* Over many blocks, and by any number of threads; a file in any form. */
static void test_filled_over_blocks(void **state)
{
    (void)state;
    tsl__text text = {0};
    size_t kept = 0;
    tsl__text_puts(&text, "customer,order,date,amount,status,note\n");
    for (unsigned i = 0; i < 5; i++) { /* an order's lines stand far from each other */
        for (unsigned o = 0; o < 60000; o++) {
            const int is_refunded = o % 3 == 0;
            if (i <= o % 5) {
                tsl__text_printf(&text, "c%u,o%u,2024-01-%02u,1,%s,\"%u\"\n", o % 900, o, 1 + o % 28,
                                 i != o % 5    ? ""
                                 : is_refunded ? "\"re\"\"funded\""
                                               : "paid",
                                 i);
                kept += !is_refunded;
            }
        }
    }
    for (int way = 0; way < 3; way++) {
        reading *r = read_rows(text.data, "status != 're\"funded'", way > 0, 1 + way);
        assert_int_equal(r->table->rows, kept);
        assert_true(has_line(&r->table->info.notes, "status: empty in 120000 rows whose order"));
        assert_true(has_line(&r->table->info.notes, "t.csv:3: it"));
        free_reading(r);
    }
    tsl__text_free(&text);
}

/* ---- However the lines stand --------------------------------------------------------------------- */

#define SHOP "Name,Email,Financial Status,Created at,Lineitem quantity,Lineitem price,Lineitem name\n"
#define PAID "#1,a@x.com,paid,2024-01-01,1,10,A\n"
#define PAID_MORE "#1,a@x.com,,2024-01-01,1,10,B\n"
#define BACK "#2,b@x.com,refunded,2024-01-02,1,10,A\n"
#define BACK_B "#2,b@x.com,,2024-01-02,1,10,B\n"
#define BACK_C "#2,b@x.com,,2024-01-02,1,10,C\n"
#define NONE "#3,b@x.com,,2024-01-05,1,10,C\n"
#define NOT_BACK "coalesce(\"Financial Status\", '') != 'refunded'"

/* However the lines are cut into files and put in order, the rows are the same. */
static void test_any_order(void **state)
{
    (void)state;
    static const char *const files[][2] = {{SHOP PAID PAID_MORE BACK BACK_B BACK_C NONE},
                                           {SHOP PAID PAID_MORE BACK BACK_B, SHOP BACK_C NONE},
                                           {SHOP BACK_C NONE, SHOP PAID PAID_MORE BACK BACK_B},
                                           {SHOP PAID BACK PAID_MORE BACK_B BACK_C NONE},
                                           {SHOP BACK_C NONE BACK_B PAID_MORE BACK PAID},
                                           {SHOP BACK PAID, SHOP BACK_B BACK_C PAID_MORE NONE},
                                           {SHOP BACK_B BACK_C PAID_MORE NONE "#9,x\n", SHOP BACK PAID}};
    for (size_t i = 0; i < 6 * sizeof files / sizeof *files; i++) {
        const char *const *file = files[i / 6];
        const int by_customer = i % 3 > 0, in_memory = i % 6 > 2;
        reading *r = new_reading(TSL_TRANSACTIONS);
        for (r->files = 0; r->files < 2 && file[r->files]; r->files++) {
            r->file[r->files] =
                in_memory ? (tsl_source){.path = "memory", .bytes = file[r->files], .count = strlen(file[r->files])}
                          : source_of(write_text(r->files ? "u.csv" : "t.csv", file[r->files]));
        }
        r->opt.where = NOT_BACK;
        r->opt.by_customer = by_customer;
        r->opt.max_rejects = 1;
        r->exec.threads = 1 + (int)(i % 3);
        assert_int_equal(run(r), TSL_OK);
        if (r->table->rows != 3 || !has_line(&r->table->info.notes, "Financial Status: empty in 3 rows whose order")) {
            fail_msg("case %zu: %zu rows", i / 6, r->table->rows);
        }
        free_reading(r);
    }
}

/* A file without the column says nothing of it; its lines are no evidence that the others' orders have none. */
static void test_file_without(void **state)
{
    (void)state;
    for (int turned = 0; turned < 2; turned++) {
        reading *r = new_reading(TSL_TRANSACTIONS);
        const char *of = write_text("t.csv", LINES "a,1,2024-01-01,1,refunded\na,1,2024-01-01,1,\n");
        const char *without = write_text("u.csv", "customer,order,date,amount\na,1,2024-01-01,1\nb,2,2024-01-01,1\n"
                                                  "b,3,2024-01-01,1\n");
        add_file(r, turned ? without : of);
        add_file(r, turned ? of : without);
        r->opt.where = "coalesce(status, '') != 'refunded'";
        assert_int_equal(run(r), TSL_OK);
        assert_int_equal(r->table->rows, 3);
        assert_true(has_line(&r->table->info.notes, "status: empty in 1 row whose order has it on another line"));
        assert_true(has_line(&r->table->info.notes, "u.csv has no column \"status\"; it is missing there"));
        free_reading(r);
    }
}

/* What is wrong with a file is said once it is read, behind what stands in front of it. */
static void test_broken_file(void **state)
{
    (void)state;
    for (int threads = 1; threads < 4; threads++) {
        reading *r = new_reading(TSL_TRANSACTIONS);
        add_file(r, write_text("t.csv", LINES "a,1,2024-01-01,1,paid\na,1,never,1,\n"));
        add_file(r, write_text("u.csv", LINES "a,1,2024-01-01,1,\"x"));
        r->exec.threads = threads;
        r->opt.max_rejects = 1;
        assert_int_equal(run(r), TSL_E_INPUT);
        assert_non_null(strstr(r->err.message, "u.csv:2: the quote that opens on this line is not closed"));
        assert_int_equal(r->rejects, 1); /* of the file in front */
        free_reading(r);
    }
}

/* A pipe gives its bytes once: they are put aside. */
static void test_pipes(void **state)
{
    (void)state;
    static const char *const text[] = {SHOP BACK_C NONE, SHOP PAID PAID_MORE BACK BACK_B};
    for (int threads = 1; threads < 4; threads++) {
        reading *r = new_reading(TSL_TRANSACTIONS);
        int ends[2][2];
        char name[2][40];
        for (size_t i = 0; i < 2; i++) {
            assert_int_equal(pipe(ends[i]), 0);
            assert_int_equal(write(ends[i][1], text[i], strlen(text[i])), (ssize_t)strlen(text[i]));
            close(ends[i][1]);
            snprintf(name[i], sizeof *name, "/dev/fd/%d", ends[i][0]);
            add_file(r, name[i]);
        }
        r->opt.where = NOT_BACK;
        r->exec.threads = threads;
        r->exec.spill = folder;
        assert_int_equal(run(r), TSL_OK);
        assert_int_equal(r->table->rows, 3);
        assert_int_equal(r->table->file[0].bytes, strlen(text[0]));
        assert_int_equal(strlen(r->table->file[0].sha256), 64);
        close(ends[0][0]);
        close(ends[1][0]);
        free_reading(r);
    }
}

/* Orders with a line that lacks a status are kept up to a number, of all statuses: beyond, that is told. */
static void test_too_many_orders(void **state)
{
    (void)state;
    tsl__text text = {0};
    tsl__text_puts(&text,
                   "customer,order,date,amount,status,is_paid,refunded,void,deleted,returned,cancelled,paid,note\n");
    for (unsigned line = 0; line < 2; line++) {
        for (unsigned o = 0; o < 40000; o++) { /* is_paid: of half of them */
            tsl__text_printf(&text, "c%u,o%u,2024-01-%02u,1,%s,%s,,,,,,,\"%u of a long text\"\n", o % 900, o,
                             1 + o % 28, line ? "" : "refunded", line && o % 2 ? "" : "yes", o);
        }
    }
    reading *r = read_rows(text.data, NULL, 0, 2);
    assert_true(has_line(&r->table->info.notes, "status: empty in 40000 rows whose order has it on another line"));
    free_reading(r);
    for (int way = 0; way < 3; way++) {
        r = new_reading(TSL_TRANSACTIONS);
        add_file(r, path_of("t.csv"));
        r->opt.by_customer = 1;
        r->exec.threads = 1 + way;
        r->exec.memory = (size_t)256 << 20; /* 262,144 orders, an eighth of them for each status */
        r->exec.spill = folder;
        assert_int_equal(run(r), TSL_OK);
        assert_true(has_line(&r->table->info.notes, "status: empty in 40000 rows; whether another line of the order "
                                                    "has it is not looked for among over 32768 orders"));
        assert_true(has_line(&r->table->info.notes, "is_paid: empty in 20000 rows whose order has it on another"));
        assert_false(has_line(&r->table->info.notes, "refunded: empty")); /* no line has it */
        free_reading(r);
    }
    tsl__text_free(&text);
}

/* Names of orders may be long. */
static void test_long_orders(void **state)
{
    (void)state;
    reading *r = read_rows("customer,order,date,amount,status\n"
                           "a,https://shop.example.com/admin/orders/2024/01/05/1000000001,2024-01-05,1,refunded\n"
                           "a,https://shop.example.com/admin/orders/2024/01/05/1000000001,2024-01-05,1,\n"
                           "a,https://shop.example.com/admin/orders/2024/01/05/1000000002,2024-01-05,1,\n",
                           "coalesce(status, '') != 'refunded'", 0, 1);
    assert_int_equal(r->table->rows, 1);
    assert_true(has_line(&r->table->info.notes, "status: empty in 1 row whose order has it on another line"));
    free_reading(r);
}

/* A column of dates: where there is one there is no sale. Others under the name, and dates that are none, say nothing.
 */
static void test_dates(void **state)
{
    (void)state;
    static const char text[] = "customer_id,order_id,order_date,amount,Cancelled at\nA,1,2024-01-05,100,\n"
                               "A,2,2024-01-15,900,2024-01-16 10:00\nB,3,2024-01-06,40,\nC,4,2024-01-09,60,3/4/2024\n";
    for (int way = 0; way < 3; way++) {
        reading *r = read_rows(text, NULL, way > 0, 1 + way);
        assert_true(has_line(&r->table->info.notes,
                             "Cancelled at: rows that by their status are no sale are counted as sales: a date in 2 "
                             "rows (87.3 % of the money), the first in "));
        assert_true(
            has_line(&r->table->info.notes, "t.csv:3; --where \"\\\"Cancelled at\\\" is missing\" leaves them out"));
        free_reading(r);
    }
    reading *r = read_rows(text, "\"Cancelled at\" is missing", 0, 1);
    assert_int_equal(r->table->rows, 2);
    assert_false(has_line(&r->table->info.notes, "no sale"));
    free_reading(r);
    static const char *const others[] = {"no", "0000-00-00", "1970-01-01", "NULL", ""};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        char other[300];
        snprintf(other, sizeof other,
                 "customer_id,order_date,amount,Cancelled at\nA,2024-01-05,100,%s\nB,2024-01-06,4,%s\n", others[i],
                 i < 3 ? "2024-01-09" : "");
        r = read_rows(other, NULL, 0, 1);
        assert_false(has_line(&r->table->info.notes, "no sale"));
        free_reading(r);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_too_many_orders), /* before others have taken memory */
        cmocka_unit_test(test_named),           cmocka_unit_test(test_left),
        cmocka_unit_test(test_unfit),           cmocka_unit_test(test_no_status),
        cmocka_unit_test(test_share),           cmocka_unit_test(test_columns),
        cmocka_unit_test(test_signs),           cmocka_unit_test(test_interactions),
        cmocka_unit_test(test_changed),         cmocka_unit_test(test_filled),
        cmocka_unit_test(test_not_filled),      cmocka_unit_test(test_two_shops),
        cmocka_unit_test(test_many_texts),      cmocka_unit_test(test_filled_over_blocks),
        cmocka_unit_test(test_any_order),       cmocka_unit_test(test_file_without),
        cmocka_unit_test(test_broken_file),     cmocka_unit_test(test_pipes),
        cmocka_unit_test(test_dates),           cmocka_unit_test(test_long_orders)};
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
