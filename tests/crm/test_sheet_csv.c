/* test_sheet_csv.c: CSV files of each target, byte for byte; and what reads them back, which finds whatever was done to
 * them in between. */
#include "crm/sheets.h"

#include "base/text.h"
#include "output/payloads.h"

static tsl_error err;

/* ---- Bytes ----------------------------------------------------------------------------------------------- */

static const sheet_row some[] = {{"007", "bought, \"a lot\"", "2024-06-30", "120.5", "0.9"},
                                 {"客户1", "", "", "", ""},
                                 {"C3", "=1+1", "", "-3", ""},
                                 {"C4", " two\nlines", "2024-01-01", "0", "1"}};

static void assert_bytes(tsl_crm target, const char *expected)
{
    tsl__crm_plan plan = sheet_plan(NULL, target);
    tsl__crm_sheet sheet = sheet_write(&tsl__crm_csv, &plan, "some.csv", some, 4);
    size_t count;
    unsigned char *bytes = sheet_read(&sheet, &count);
    assert_string_equal((char *)bytes, expected);
    assert_int_equal(sheet.bytes, count);
    assert_int_equal(sheet.rows, 4);
    sheet_assert_well(&tsl__crm_csv, &sheet);
    free(bytes);
    free(sheet.path);
    tsl__crm_plan_close(&plan);
}

static void test_bytes_of_each_target(void **state)
{
    (void)state;
    assert_bytes(TSL_CRM_CSV, "\xEF\xBB\xBFid,reason,changed_on,clv,confidence\r\n"
                              "007,\"bought, \"\"a lot\"\"\",2024-06-30,120.5,0.9\r\n"
                              "客户1,,,,\r\n"
                              "C3,\"'=1+1\",,-3,\r\n"
                              "C4,\" two\nlines\",2024-01-01,0,1\r\n");
    assert_bytes(TSL_CRM_SALESFORCE,
                 "Tesela_ID__c,Tesela_Reason__c,Tesela_Changed_On__c,Tesela_CLV__c,Tesela_Confidence__c\n"
                 "007,\"bought, \"\"a lot\"\"\",2024-06-30,120.5,0.9\n"
                 "客户1,#N/A,#N/A,#N/A,#N/A\n"
                 "C3,=1+1,#N/A,-3,#N/A\n"
                 "C4,\" two\nlines\",2024-01-01,0,1\n");
    assert_bytes(TSL_CRM_ZOHO, "Tesela_ID,Tesela_Reason,Tesela_Changed_On,Tesela_CLV,Tesela_Confidence\n"
                               "007,\"bought, \"\"a lot\"\"\",2024-06-30,120.5,0.9\n"
                               "客户1,,,,\n"
                               "C3,=1+1,,-3,\n"
                               "C4,\" two\nlines\",2024-01-01,0,1\n");
    assert_bytes(TSL_CRM_HUBSPOT,
                 "Tesela: Customer id,Tesela: Reason in words,Tesela: Segment changed on,\"Tesela: Expected value, 365 "
                 "days\",Tesela: Confidence\n"
                 "007,\"bought, \"\"a lot\"\"\",2024-06-30,120.5,0.9\n"
                 "客户1,,,,\n"
                 "C3,=1+1,,-3,\n"
                 "C4,\" two\nlines\",2024-01-01,0,1\n");
}

/* No payload begins a cell as a formula does, and each reads back as it was meant. */
static void test_payloads_are_marked(void **state)
{
    (void)state;
    tsl__crm_plan plan = sheet_plan(NULL, TSL_CRM_CSV);
    sheet_row row[PAYLOADS + HARMLESS];
    for (size_t i = 0; i < PAYLOADS + HARMLESS; i++) {
        const char *text = i < PAYLOADS ? payloads[i] : harmless[i - PAYLOADS];
        for (size_t f = 0; f < SHEET_FIELDS; f++) {
            row[i][f] = text;
        }
    }
    tsl__crm_sheet sheet = sheet_write(&tsl__crm_csv, &plan, "payloads.csv", row, PAYLOADS + HARMLESS);
    sheet_assert_well(&tsl__crm_csv, &sheet);
    size_t count;
    unsigned char *bytes = sheet_read(&sheet, &count);
    tsl__text meant = {0};
    tsl__text_puts(&meant, "\xEF\xBB\xBFid,reason,changed_on,clv,confidence\r\n");
    for (size_t i = 0; i < PAYLOADS + HARMLESS; i++) {
        for (size_t f = 0; f < SHEET_FIELDS; f++) {
            tsl__text_csv(&meant, row[i][f]); /* as segments.csv has it */
            tsl__text_puts(&meant, f + 1 < SHEET_FIELDS ? "," : "\r\n");
        }
    }
    assert_string_equal((char *)bytes, meant.data);
    tsl__text_free(&meant);
    free(bytes);
    free(sheet.path);
    tsl__crm_plan_close(&plan);
}

/* ---- Damage --------------------------------------------------------------------------------------------------- */

static void assert_found(const tsl__crm_sheet *sheet, const unsigned char *bytes, size_t count, const char *says)
{
    scratch_write(sheet->path, bytes, count);
    if (tsl__crm_csv.check(sheet, &err) != TSL_E_INTERNAL) {
        fail_msg("not seen: %s", (const char *)bytes);
    }
    assert_says(&err, says);
    assert_says(&err, sheet->path);
}

static void damage(tsl_crm target)
{
    tsl__crm_plan plan = sheet_plan(NULL, target);
    tsl__crm_sheet sheet = sheet_write(&tsl__crm_csv, &plan, "some.csv", some, 4);
    size_t count;
    unsigned char *bytes = sheet_read(&sheet, &count), *other = malloc(count + 2);
    for (size_t at = 0; at < count; at++) {
        static const unsigned char signs[] = {0x01, 0x02, 0x80};
        for (size_t s = 0; s < sizeof signs; s++) { /* another byte */
            memcpy(other, bytes, count + 1);
            other[at] ^= signs[s];
            assert_found(&sheet, other, count, "");
        }
        memcpy(other, bytes, at); /* one less */
        memcpy(other + at, bytes + at + 1, count - at);
        assert_found(&sheet, other, count - 1, "");
        static const char more[] = "a,\"\r\n";
        for (const char *c = more; *c; c++) { /* one more */
            memcpy(other, bytes, at);
            other[at] = (unsigned char)*c;
            memcpy(other + at + 1, bytes + at, count - at + 1);
            assert_found(&sheet, other, count + 1, "");
        }
        assert_found(&sheet, bytes, at, ""); /* cut */
    }
    scratch_write(sheet.path, bytes, count);
    sheet_assert_well(&tsl__crm_csv, &sheet);
    free(other);
    free(bytes);
    free(sheet.path);
    tsl__crm_plan_close(&plan);
}

static void test_any_byte(void **state)
{
    (void)state;
    damage(TSL_CRM_CSV);
    damage(TSL_CRM_SALESFORCE);
    damage(TSL_CRM_HUBSPOT);
}

/* What is wrong is told, with the line. */
static void test_damage_is_named(void **state)
{
    (void)state;
    static const struct {
        tsl_crm target;
        const char *bytes, *says;
    } cases[] = {
        {TSL_CRM_CSV, "id,reason", "no byte order mark"},
        {TSL_CRM_CSV, "", "another number of bytes than were written"},
        {TSL_CRM_CSV, "\xEF\xBB", "no byte order mark"},
        {TSL_CRM_CSV, "\xEF\xBB\xBFid,reason\n", "a quote or line end outside of quotes"},
        {TSL_CRM_CSV,
         "\xEF\xBB\xBF"
         "a,b,c,d,e\rf",
         "a line end that is none of this file"},
        {TSL_CRM_CSV,
         "\xEF\xBB\xBF"
         "a,b,c,d,e\r\na,b,c,d",
         "a last line without an end"},
        {TSL_CRM_CSV,
         "\xEF\xBB\xBF"
         "a,b,c,d\r\n",
         "another number of cells than the header is meant to have"},
        {TSL_CRM_SALESFORCE, "a,b,c,d,e\r\n", "a quote or line end outside of quotes"},
        {TSL_CRM_SALESFORCE, "a,b,c,d,\"e", "a last line without an end"},
        {TSL_CRM_SALESFORCE, "a,b,c,d,\"e\"f", "a character behind a closing quote"},
        {TSL_CRM_SALESFORCE, "a,b,c,d,e\"f\"", "a quote or line end outside of quotes"},
        {TSL_CRM_SALESFORCE, "a,b,c,d,e\n", "another number of bytes than were written"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tsl__crm_plan plan = sheet_plan(NULL, cases[i].target);
        tsl__crm_sheet sheet = sheet_write(&tsl__crm_csv, &plan, "some.csv", some, 4);
        assert_found(&sheet, (const unsigned char *)cases[i].bytes, strlen(cases[i].bytes), cases[i].says);
        free(sheet.path);
        tsl__crm_plan_close(&plan);
    }
}

/* Rows whose cells went to another place, of as many bytes. */
static void test_cells_that_changed_places(void **state)
{
    (void)state;
    static const sheet_row there[] = {{"a", "bc", "", "", ""}}, here[] = {{"ab", "c", "", "", ""}};
    tsl__crm_plan plan = sheet_plan(NULL, TSL_CRM_ZOHO);
    tsl__crm_sheet meant = sheet_write(&tsl__crm_csv, &plan, "meant.csv", there, 1),
                   is = sheet_write(&tsl__crm_csv, &plan, "is.csv", here, 1);
    size_t count;
    unsigned char *bytes = sheet_read(&is, &count);
    assert_int_equal(meant.bytes, is.bytes);
    assert_found(&meant, bytes, count, "a cell reads back other than it was written");
    meant.rows = 2;
    assert_int_equal(tsl__crm_csv.check(&is, &err), TSL_OK);
    scratch_write(meant.path, bytes, count);
    assert_int_equal(tsl__crm_csv.check(&meant, &err), TSL_E_INTERNAL);
    assert_says(&err, "2 rows were written, but 1 read back");
    free(bytes);
    free(meant.path);
    free(is.path);
    tsl__crm_plan_close(&plan);
}

int main(void)
{
#define IN_SCRATCH(test) cmocka_unit_test_setup_teardown(test, scratch_setup, scratch_teardown)
    const struct CMUnitTest tests[] = {
        IN_SCRATCH(test_bytes_of_each_target), IN_SCRATCH(test_payloads_are_marked),       IN_SCRATCH(test_any_byte),
        IN_SCRATCH(test_damage_is_named),      IN_SCRATCH(test_cells_that_changed_places),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
