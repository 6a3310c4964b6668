/* test_memory.c: the n-th allocation fails, for every n: an error, no crash, no leak. */
#include "arrow_stream.h"
#include "failing.h"
#include "workbook.h"

static tsl_status read_table(void *user, tsl_error *err)
{
    const reading *r = user;
    tsl_table *table;
    tsl_status status = tsl_table_read(r->kind, r->file, r->files, NULL, NULL, &r->opt, NULL, &table, err);
    assert_int_equal(status == TSL_OK, table != NULL);
    assert_int_equal(status, err->status);
    tsl_table_free(table);
    return status;
}

static tsl_status read_profile(void *user, tsl_error *err)
{
    const reading *r = user;
    tsl_table_profile *profile;
    tsl_table *table;
    tsl_status status = tsl_table_profile_read(r->kind, r->file, r->files, NULL, &r->opt, NULL, &profile, &table, err);
    assert_int_equal(status == TSL_OK, profile != NULL);
    assert_int_equal(status, err->status);
    tsl_table_profile_free(profile);
    tsl_table_free(table);
    return status;
}

static tsl_status read_plain(void *user, tsl_error *err)
{
    const tsl_source from = source_of(path_of("d.csv"));
    tsl_data *data;
    tsl_status status = tsl_data_read(&from, user, NULL, &data, err);
    assert_int_equal(status == TSL_OK, data != NULL);
    assert_int_equal(status, err->status);
    tsl_data_free(data);
    return status;
}

static void test_transactions(void **state)
{
    (void)state;
    reading *r = new_reading(TSL_TRANSACTIONS);
    add_file(r, write_text("t.csv", "CustomerID,InvoiceNo,InvoiceDate,Qty,ProductKey,\"x \"\"y\"\"\"\n"
                                    "a,1,3/4/2020,2,P,z\nb,2,12/31/2020,x,P,\"q\"\"q\"\nc,3,1/1/2021,2,R,u\n"
                                    "c,3,1/1/2020,2,,u\n,3,1/1/2020,2,,u\nd,4\n"));
    r->lookup[0] = (tsl_lookup){
        source_of(write_text("p.csv", "ProductKey,ProductPrice,Product Cost,Category\nP,1.5,1,c\nQ,2,1,d\n")),
        "ProductKey", NULL};
    r->opt.lookup_count = 1;
    r->opt.max_rejects = 1;
    assert_int_equal(tsl_day_read("2020-04-01", &r->opt.as_of, NULL), TSL_OK);
    sweep_failures(read_table, r, 20);
    free_reading(r);
}

/* What stands beside amounts and among the rows, each with its note. */
static void test_beside(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "customer,order,date,quantity,price,amount,refund,discount,S/H\na,o1,2020-01-05,-2,5,10,3,1,S\n"
        "b,Subtotal,2020-01-06,2,5,10,3,1,H\nb,小计,2020-01-06,2,5,10,,,H\n",
        "customer,date,quantity,price,discount,type\na,2020-01-05,2,5,1,sale\nb,2020-01-06,2,5,.1,payment\n"
        "b,2020-01-06,2,5,.1,refund\n小计,2020-01-06,2,5,,sale\n平均,2020-01-06,2,5,,sale\n"};
    for (size_t i = 0; i < 2; i++) {
        for (int by_customer = 0; by_customer < 2; by_customer++) {
            reading *r = new_reading(TSL_TRANSACTIONS);
            add_file(r, write_text("t.csv", texts[i]));
            r->opt.by_customer = by_customer;
            sweep_failures(read_table, r, 20);
            free_reading(r);
        }
    }
    reading *r = new_reading(TSL_CUSTOMERS);
    add_file(r, write_text("t.csv", "customer,income\na,10\nb,20\nTotal,40\nAverage,15\n"));
    sweep_failures(read_table, r, 20);
    free_reading(r);
}

/* Spellings of a currency, and an id that may be a number. */
static void test_currencies(void **state)
{
    (void)state;
    reading *r = new_reading(TSL_TRANSACTIONS);
    add_file(r, write_text("t.csv", "customer,date,amount,currency\n12A5,2020-01-05,5,EUR\n12E5,2020-01-06,€6,eur\n"
                                    "b,2020-01-06,€6,\n"));
    r->opt.where = "amount > 1 and currency != 'x'";
    sweep_failures(read_table, r, 20);
    free_reading(r);
}

/* Rates that are given, and those of an earlier table. */
static void test_rates(void **state)
{
    (void)state;
    static const tsl_currency_rate rates[] = {{"EUR", "1"}, {"USD", "0.9"}};
    for (int by_customer = 0; by_customer < 2; by_customer++) {
        reading *r = new_reading(TSL_TRANSACTIONS);
        add_file(r, write_text("t.csv", "customer,date,amount,currency\na,2020-01-05,5,EUR\nb,2020-01-06,$6,\n"));
        r->opt.rates = rates;
        r->opt.rate_count = 2;
        r->opt.by_customer = by_customer;
        sweep_failures(read_table, r, 20);
        r->opt.rate_count = 0;
        r->opt.like = "{\"table\":\"transactions\",\"rates\":{\"EUR\":\"1\",\"USD\":\"0.9\"}}";
        sweep_failures(read_table, r, 20);
        free_reading(r);
    }
}

/* The same of what customers tell: a column of its own, one that is found by its cells, none. */
static void test_told_rates(void **state)
{
    (void)state;
    static const tsl_currency_rate rates[] = {{"EUR", "1"}, {"USD", "0.9"}};
    static const char *const text[] = {"customer,orders,total_spent,currency\na,1,5,EUR\nb,2,6,USD\nc,2,7,\n",
                                       "customer,orders,total_spent,cc\na,1,5,EUR\nb,2,6,USD\n",
                                       "customer,orders,total_spent\na,1,5\nb,2,6\nc,2,7\n"};
    for (size_t i = 0; i < 3; i++) {
        reading *r = new_reading(TSL_CUSTOMERS);
        add_file(r, write_text("t.csv", text[i]));
        r->opt.rates = rates;
        r->opt.rate_count = 2;
        sweep_failures(read_table, r, 20);
        free_reading(r);
    }
}

/* Ages of which some are none, and those of an earlier table. */
static void test_ages(void **state)
{
    (void)state;
    reading *r = new_reading(TSL_CUSTOMERS);
    add_file(r, write_text("t.csv", "customer,age\na,-1\nb,30\nc,40\nd,50\ne,0\n"));
    sweep_failures(read_table, r, 20);
    r->opt.like = "{\"table\":\"customers\",\"found_types\":{\"age\":\"number\"},\"ages\":[\"age\"]}";
    sweep_failures(read_table, r, 20);
    free_reading(r);
}

/* What each of several files shows of its dates is kept. */
static void test_two_files(void **state)
{
    (void)state;
    for (int kind = 0; kind < 2; kind++) {
        reading *r = new_reading(kind ? TSL_CUSTOMERS : TSL_TRANSACTIONS);
        add_file(r, write_text("one.csv", "customer,amount,date\na,1.5,01/13/2020\nb,2.5,01/14/2020\n"));
        add_file(r, write_text("two.csv", "customer,amount,date\nc,1.5,02/03/2020\nd,2.5,02/03/2020\n"));
        sweep_failures(read_table, r, 20);
        free_reading(r);
    }
}

/* Columns that some of the files have. */
static void test_columns_of_some_files(void **state)
{
    (void)state;
    reading *r = new_reading(TSL_TRANSACTIONS);
    add_file(r, write_text("one.csv", "customer,amount,date,order\na,1.5,2020-01-13,x\n"));
    add_file(r, write_text("two.csv", "customer,amount,date,channel,currency\nc,1.5,2020-02-03,web,EUR\n"));
    add_file(r, write_text("three.csv", "d,2.5,2020-02-03,y\n"));
    sweep_failures(read_table, r, 20);
    free_reading(r);
}

/* One customer in two files whose columns differ. */
static void test_parted_customers(void **state)
{
    (void)state;
    reading *r = new_reading(TSL_CUSTOMERS);
    add_file(r, write_text("one.csv", "id,age\na,30\n"));
    add_file(r, write_text("two.csv", "id,city\na,Rome\n"));
    sweep_failures(read_profile, r, 20);
    free_reading(r);
}

/* One role under two names, which are joined, or refused. */
static void test_names_of_one_role(void **state)
{
    (void)state;
    static const char *const other[] = {"Customer ID,金额,date\nc,1.5,2020-02-03\n",
                                        "customer_id,amount (USD),date\nc,1.5,2020-02-03\n"};
    for (size_t i = 0; i < 2; i++) {
        reading *r = new_reading(TSL_TRANSACTIONS);
        add_file(r, write_text("one.csv", "customer_id,amount,date\na,1.5,2020-01-13\n"));
        add_file(r, write_text("two.csv", other[i]));
        sweep_failures(read_profile, r, 20); /* where the table is refused, that is a finding */
        free_reading(r);
    }
}

static void test_rows_of_nobody(void **state)
{
    (void)state;
    for (int way = 0; way < 3; way++) {
        reading *r = new_reading(TSL_TRANSACTIONS);
        add_file(r, write_text("n.csv",
                               "customer,date,amount,status\nwho,when,what,x\na,2020-01-01,2,paid\nA,2020-01-02,3,"
                               "void\nA,2020-01-02,3,void\nguest,2020-01-03,4,paid\n007,2020-01-03,1,paid\n"
                               "7,2020-01-03,1,paid\n合计,2020-01-04,14,paid\n"));
        r->opt.by_customer = way > 0;
        r->opt.drop_duplicates = way == 2;
        sweep_failures(read_table, r, 20);
        free_reading(r);
    }
    for (int way = 0; way < 2; way++) { /* sums that no word tells */
        reading *r = new_reading(TSL_TRANSACTIONS);
        add_file(r,
                 write_text("n.csv", "customer,date,amount\na,2020-01-01,500.01\nb,2020-01-01,200\nc,2020-01-02,300\n"
                                     "sum X,2020-01-03,1000.01\n"));
        r->opt.by_customer = way;
        sweep_failures(read_table, r, 20);
        free_reading(r);
    }
    reading *r = new_reading(TSL_CUSTOMERS);
    add_file(r, write_text("n.csv", "id,age,spent\nwho,years,money\na,30,1\nA,40,2\nb,50,3\n合计,,6\n"));
    sweep_failures(read_table, r, 20);
    free_reading(r);
}

/* What stands in a pipe, which is made anew each time. */
static tsl_status read_pipe(void *user, tsl_error *err)
{
    static const char text[] = "customer,order,date,amount,status\na,1,2020-01-01,2,\nb,\"2,2020-01-01,2,void\n"
                               "a,1,2020-01-02,3,paid\nb,2,2020-01-03,4,\n";
    reading *r = user;
    int ends[2];
    char name[40];
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], text, sizeof text - 1), sizeof text - 1);
    close(ends[1]);
    snprintf(name, sizeof name, "/dev/fd/%d", ends[0]);
    r->file[0] = source_of(name);
    r->files = 1;
    tsl_status status = read_table(r, err);
    close(ends[0]);
    return status;
}

/* Lines of orders, of which some lack the status. */
static void test_lacking_statuses(void **state)
{
    (void)state;
    reading *r = new_reading(TSL_TRANSACTIONS);
    r->opt.max_rejects = 1;
    sweep_failures(read_pipe, r, 20);
    free_reading(r);
    r = new_reading(TSL_TRANSACTIONS);
    add_file(r, write_text("s.csv", "customer,order,date,amount,status\na,1,2020-01-01,2,paid\nb,2,2020-01-01,2,void\n"
                                    "a,1,2020-01-02,3,\nb,2,2020-01-03,4,\n"));
    add_file(r, write_text("s2.csv", "customer,order,date,amount,status\nb,2,2020-01-03,4,\n"));
    sweep_failures(read_table, r, 20);
    free_reading(r);
}

/* A list of quotes by mistake grows with them. */
/* Titles above, and what is nearly a header below. */
static void test_titles(void **state)
{
    (void)state;
    static const char text[] = "Made;2024\n;;\ncustomer_id;city;name\n1;Rome;Ann\nCustomer_id;City;Name\nc;d;e\n";
    reading *r = new_reading(TSL_CUSTOMERS);
    add_file(r, write_text("t.csv", text));
    sweep_failures(read_table, r, 20);
    free_reading(r);
}

static void test_quotes_by_mistake(void **state)
{
    (void)state;
    reading *r = new_reading(TSL_TRANSACTIONS);
    add_file(r, write_text("q.csv", "customer,date,amount\na,2020-01-01,2\nb,2020-01-01,\"2\nc,2020-01-02,3\n"
                                    "d,2020-01-02,\"3\ne,2020-01-03,4\n"));
    r->opt.max_rejects = 1;
    sweep_failures(read_table, r, 20);
    free_reading(r);
}

/* A condition, a typed amount, further columns. */
static void test_expressions(void **state)
{
    (void)state;
    static const tsl_event_column columns[] = {{"status", TSL_TYPE_TEXT, NULL},
                                               {"status = 'ok' and qty > 1", TSL_TYPE_BOOLEAN, "filter"},
                                               {"qty * 2", TSL_TYPE_DECIMAL, NULL}};
    for (int by_customer = 0; by_customer < 2; by_customer++) {
        reading *r = new_reading(TSL_TRANSACTIONS);
        add_file(r, write_text("e.csv", "customer,date,qty,status\na,2020-01-01,2,ok\nb,2020-01-02,x,ok\n"
                                        "c,2020-01-03,3,off\nd,2020-01-04,4,\n"));
        map_role(r, TSL_ROLE_AMOUNT, "if(status in ('ok', 'fine'), coalesce(qty, 1), 0)");
        r->opt.where = "lower(status) != 'off' and number(qty) < 9";
        r->opt.columns = columns;
        r->opt.column_count = 3;
        r->opt.by_customer = by_customer;
        r->opt.id_normalise = by_customer;
        r->opt.max_rejects = 1;
        sweep_failures(read_table, r, 20);
        free_reading(r);
    }
}

static void test_customers(void **state)
{
    (void)state;
    const char *const levels[] = {"low", "mid", "high"};
    const tsl_column_rule rule = {
        .name = "level", .type = TSL_TYPE_ORDINAL, .group = TSL_GROUP_AUTO, .levels = levels, .level_count = 3};
    reading *r = new_reading(TSL_CUSTOMERS);
    add_file(r, write_text("c.csv", "id,age,City,BirthDate,email,flag,level,sat\na,1,Rome,3/4/1980,x@y,Y,low,3\n"
                                    "b,2,Bonn,30/4/1980,y@y,N,high,4\nb,2,Bonn,30/4/1980,y@y,N,high,4\n"
                                    "c,2,Bonn,30/4/1980,y@y,N,high,4\nc,2,Bonn,30/4/1981,y@y,N,high,4\n"
                                    "d,x,Bonn,30/4/1981,q@y,N,mid,9\n"));
    map_role(r, TSL_ROLE_SATISFACTION, "sat * 2");
    r->opt.rules = &rule;
    r->opt.rule_count = 1;
    r->opt.like = "{\"table\":\"customers\",\"columns\":[{\"name\":\"City\",\"missing\":[\"?\"]},"
                  "{\"name\":\"gone\",\"ignore\":true}],\"shown_dates\":{\"BirthDate\":\"mdy\"},"
                  "\"found_roles\":{\"customer\":\"nr\"},\"found_types\":{\"flag\":\"boolean\"}}";
    r->opt.max_rejects = 1;
    sweep_failures(read_table, r, 20);
    free_reading(r);
}

/* Numbers with a suffix, in several units, and with texts among them. */
static void test_mixed(void **state)
{
    (void)state;
    reading *r = new_reading(TSL_CUSTOMERS);
    add_file(r, write_text("c.csv", "id,age,height,score\na,35岁,1.75m,1\nb,36,182cm,2\nc,40岁,1.66m,3\n"
                                    "d,41,177cm,4\ne,18岁,1.80m,many\n"));
    sweep_failures(read_table, r, 20);
    free_reading(r);
}

/* Columns that tell of purchases, what contradicts itself among them, and scores. */
static void test_purchases(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "id,first_order,last_order,orders,total_spent,recency (months),aov\na,2024-03-01,2024-02-01,0,5,1,2\n"
        "b,2024-01-01,2024-02-01,3,6.5,2,4\n",
        "id,recency,frequency,monetary\na,1,2,3\nb,3,4,5\n",
    };
    for (size_t i = 0; i < 2; i++) {
        reading *r = new_reading(TSL_CUSTOMERS);
        add_file(r, write_text("c.csv", texts[i]));
        r->opt.max_rejects = 1;
        sweep_failures(read_table, r, 20);
        free_reading(r);
    }
}

/* What is made UTF-8 text first. */
static void test_translated(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "customer,date,amount\n\xB1\xB1\xBE\xA9,2020-01-01,1\n\xC9\xCF\xBA\xA3,2020-01-02,2\n",
        "sep=;\nSales\ncustomer;date;amount\na;2020-01-01;1;\nb;2020-01-02;2;\n",
        ("{\"customer\":\"a\",\"date\":\"2020-01-01\",\"amount\":1}\n"
         "{\"customer\":\"b\",\"date\":\"2020-01-02\",\"amount\":2}\nx\n"),
    };
    for (size_t i = 0; i < 3; i++) {
        reading *r = new_reading(TSL_TRANSACTIONS);
        add_file(r, write_text("t.csv", texts[i]));
        r->opt.max_rejects = 1;
        sweep_failures(read_table, r, 20);
        free_reading(r);
    }
}

static void test_workbook(void **state)
{
    (void)state;
    static const char *const parts[] = {
        "xl/workbook.xml",
        "<workbook><sheets><sheet name=\"a\" id=\"a\"/><sheet name=\"b\" id=\"b\"/></sheets></workbook>",
        "xl/_rels/workbook.xml.rels",
        "<x><Relationship Id=\"a\" Type=\"/worksheet\" Target=\"a.xml\"/><Relationship Id=\"b\" Type=\"/worksheet\" "
        "Target=\"a.xml\"/><Relationship Id=\"s\" Type=\"/sharedStrings\" Target=\"s.xml\"/><Relationship Id=\"t\" "
        "Type=\"/styles\" Target=\"t.xml\"/></x>",
        "xl/s.xml",
        "<sst><si><t>customer</t></si><si><t>date</t></si><si><t>amount</t></si></sst>",
        "xl/t.xml",
        "<x><numFmt numFmtId=\"170\" formatCode=\"yyyy\"/><cellXfs><xf/><xf numFmtId=\"170\"/></cellXfs></x>",
        "xl/a.xml",
        "<x><row><c t=\"s\"><v>0</v></c><c t=\"s\"><v>1</v></c><c t=\"s\"><v>2</v></c></row>"
        "<row><c t=\"str\"><v>a</v></c><c s=\"1\"><v>45000</v></c><c><v>1</v></c></row>"
        "<row><c/><c s=\"1\"><v>45001</v></c><c><v>2</v></c></row><mergeCell ref=\"A2:A3\"/><mergeCell "
        "ref=\"C2:C3\"/></x>",
        NULL};
    size_t count;
    char *bytes = make_book(parts, &count);
    reading *r = new_reading(TSL_TRANSACTIONS);
    add_file(r, write_bytes("t.xlsx", bytes, count));
    r->opt.fill_merged = 1;
    r->opt.max_rejects = 1;
    sweep_failures(read_table, r, 20);
    free_reading(r);
    free(bytes);
}

static const tsl_array *orders(void)
{
    static const char *const ids[] = {"a", "b", "c", "a"}, *const levels[] = {"x", "y"};
    static const int32_t code[] = {0, 1, 7, -1}, day[] = {18000, 18001, 18002, 18003};
    static const double amount[] = {1, 2.5, 0.1234567, 3};
    static const char *const order[] = {"1", "1", "1", "1"}, *const status[] = {"paid", "paid", "", NULL};
    static const tsl_array arrays[] = {
        {.name = "order", .dtype = TSL_TEXT, .data = order},
        {.name = "status", .dtype = TSL_TEXT, .data = status},
        {.name = "customer", .dtype = TSL_TEXT, .data = ids},
        {.name = "date", .dtype = TSL_DAY32, .data = day},
        {.name = "amount", .dtype = TSL_F64, .data = amount},
        {.name = "x", .role = TSL_ROLE_CATEGORY, .dtype = TSL_CODE32, .data = code, .level = levels, .level_count = 2}};
    return arrays;
}

static tsl_status build_arrays(void *user, tsl_error *err)
{
    tsl_table *table;
    tsl_status status = tsl_table_build(TSL_TRANSACTIONS, orders(), 6, 4, NULL, NULL, user, NULL, &table, err);
    assert_int_equal(status == TSL_OK, table != NULL);
    assert_int_equal(status, err->status);
    tsl_table_free(table);
    return status;
}

static int get_schema_with_memory(struct ArrowArrayStream *stream, struct ArrowSchema *out)
{
    armed = 0;
    int code = get_schema(stream, out);
    armed = 1;
    return code;
}

static int get_next_with_memory(struct ArrowArrayStream *stream, struct ArrowArray *out)
{
    armed = 0;
    int code = get_next(stream, out);
    armed = 1;
    return code;
}

/* The producer has its memory; ours fails. */
static tsl_status build_stream(void *user, tsl_error *err)
{
    struct ArrowArrayStream stream;
    tsl_table *table;
    armed = 0;
    make_stream(&stream, orders(), 6, 4)->batch = 3;
    stream.get_schema = get_schema_with_memory;
    stream.get_next = get_next_with_memory;
    armed = 1;
    tsl_status status = tsl_table_build_arrow(TSL_TRANSACTIONS, &stream, NULL, NULL, user, NULL, &table, err);
    assert_int_equal(status == TSL_OK, table != NULL);
    assert_null(stream.release);
    assert_int_equal(in_use, 0);
    tsl_table_free(table);
    return status;
}

static void test_arrays(void **state)
{
    (void)state;
    tsl_table_options opt;
    TSL_DEFAULTS(table, &opt);
    opt.like = "{\"table\":\"transactions\",\"roles\":{\"time\":\"date\"},\"shown_dates\":{\"time\":\"mdy\"}}";
    sweep_failures(build_arrays, &opt, 20);
    sweep_failures(build_stream, &opt, 20);
}

/* Column by column: one that is read, and one that is refused. */
static void test_profiles(void **state)
{
    (void)state;
    static const char *const text[] = {
        "customer,date,qty,price,colour\na,3/14/2020,2,1.5,red\nb,12/31/2020,x,2,\n,1/1/2021,2,3,blue\nd,4\n",
        "customer,date,amount,currency\na,2020-01-01,1,EUR\nb,2020-01-02,2,USD\n",
        ("customer,order,date,qty,price,status\na@x.org,1,2020-01-01,1,2,paid\nA@x.org,2,2020-01-01,1,2,void\n"
         "test1,3,2020-01-01,1,2,void\nb@x.org,4,2020-01-01,1,2,void\n")};
    for (size_t i = 0; i < 3; i++) {
        reading *r = new_reading(TSL_TRANSACTIONS);
        add_file(r, write_text("t.csv", text[i]));
        r->opt.max_rejects = 1;
        r->opt.by_customer = i == 2; /* an expression's values are gathered; cells are hidden */
        sweep_failures(read_profile, r, 20);
        free_reading(r);
    }
}

static void test_data(void **state)
{
    (void)state;
    const char *const ignore[] = {"kind"};
    tsl_data_options opt;
    TSL_DEFAULTS(data, &opt);
    write_text("d.csv", "name,x,y,kind\na,1,2,u\nb,3,4,v\n");
    opt.id = "name";
    opt.ignore = ignore;
    opt.ignore_count = 1;
    sweep_failures(read_plain, &opt, 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_beside),
        cmocka_unit_test(test_transactions),
        cmocka_unit_test(test_currencies),
        cmocka_unit_test(test_two_files),
        cmocka_unit_test(test_rates),
        cmocka_unit_test(test_told_rates),
        cmocka_unit_test(test_ages),
        cmocka_unit_test(test_rows_of_nobody),
        cmocka_unit_test(test_expressions),
        cmocka_unit_test(test_quotes_by_mistake),
        cmocka_unit_test(test_titles),
        cmocka_unit_test(test_customers),
        cmocka_unit_test(test_mixed),
        cmocka_unit_test(test_purchases),
        cmocka_unit_test(test_translated),
        cmocka_unit_test(test_workbook),
        cmocka_unit_test(test_arrays),
        cmocka_unit_test(test_profiles),
        cmocka_unit_test(test_data),
        cmocka_unit_test(test_lacking_statuses),
        cmocka_unit_test(test_columns_of_some_files),
        cmocka_unit_test(test_names_of_one_role),
        cmocka_unit_test(test_parted_customers),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
