/* test_export.c: a run as files for a CRM: all customers, and what has changed since an earlier run; an earlier export
 * that is replaced, and a folder that is none; the same bytes for any number of threads. */
#include "crm/made_run.h"

#include "base/text.h"

#include <dirent.h>
#include <jansson.h>
#include <signal.h>
#include <sys/resource.h>
#include <tesela/store.h>
#include <unistd.h>

static tsl_error err;

static tsl_export_options ask(tsl_crm target, const char *since)
{
    tsl_export_options opt;
    TSL_DEFAULTS(export, &opt);
    opt.target = target;
    opt.since = since;
    return opt;
}

/* Exports "run" into "out". */
static tsl_export *write_well(const tsl_export_options *opt, int replace)
{
    tsl_export *export;
    if (tsl_export_write(scratch_path("run"), opt, scratch_path("out"), replace, &made_exec, &export, &err) != TSL_OK) {
        fail_msg("%s", err.message);
    }
    assert_int_equal(export->read, export->written + export->unchanged);
    return export;
}

static void assert_text(const char *name, const char *text)
{
    const char *seen = scratch_read(scratch_path(name));
    if (strcmp(seen, text) != 0) {
        fail_msg("%s is\n%s\nand not\n%s", name, seen, text);
    }
}

static int notes(const tsl_export *export, const char *text)
{
    for (size_t n = 0; n < export->notes.count; n++) {
        if (strstr(export->notes.text[n], text)) {
            return 1;
        }
    }
    return 0;
}

/* ---- All customers ------------------------------------------------------------------------------------- */

static void test_full(void **state)
{
    (void)state;
    made_run("run", NULL, MADE_HEADER MADE_ROW("a") MADE_ROW("b") "c,LOYAL,,,gold,,,,,,,,,,,\n");
    const tsl_export_options opt = ask(TSL_CRM_SALESFORCE, NULL);
    tsl_export *export = write_well(&opt, 0);
    assert_true(export->read == 3 && export->written == 3 && export->unchanged == 0);
    assert_true(export->created == 0 && export->changed == 0 && export->vanished == 0);
    assert_int_equal(export->file_count, 1);
    assert_string_equal(export->file[0].name, "customers-0001.csv");
    assert_string_equal(export->manifest, scratch_read(scratch_path("out/manifest.json")));
    assert_text(
        "out/customers-0001.csv",
        "Tesela_ID__c,Tesela_Segment__c,Tesela_Segment_Label__c,Tesela_Previous_Segment__c,Tesela_Changed_On__c,"
        "Tesela_Tier__c,Tesela_Lifecycle__c,Tesela_R_Score__c,Tesela_F_Score__c,Tesela_M_Score__c,"
        "Tesela_RFM_Segment__c,Tesela_CLV__c,Tesela_Churn_Risk__c,Tesela_Reason_Code__c,Tesela_Reason__c,"
        "Tesela_Action__c,Tesela_Action_Text__c,Tesela_Confidence__c,Tesela_Scored_On__c\n"
        "a,CHAMP,Champions: many units,LOYAL,2024-05-31,vip,active,5,4,3,champion,120.5,0.25,alive,bought a "
        "lot,call,\"The manager calls, within days\",0.9,2024-06-30\n"
        "b,CHAMP,Champions: many units,LOYAL,2024-05-31,vip,active,5,4,3,champion,120.5,0.25,alive,bought a "
        "lot,call,\"The manager calls, within days\",0.9,2024-06-30\n"
        "c,LOYAL,Loyal,#N/A,#N/A,gold,#N/A,#N/A,#N/A,#N/A,#N/A,#N/A,#N/A,#N/A,#N/A,#N/A,#N/A,#N/A,2024-06-30\n");
    assert_int_equal(export->notes.count, 1);
    assert_string_equal(export->notes.text[0], "left out, as nothing is known of anybody: model_version");
    tsl_export_free(export);
}

static void test_manifest(void **state)
{
    (void)state;
    made_run("run", NULL, MADE_HEADER MADE_ROW("a") MADE_ROW("b"));
    made_run("then", &(made_summary){.as_of = "2024-05-31", .lang = "zh"}, MADE_HEADER MADE_ROW("b"));
    const tsl_export_options opt = ask(TSL_CRM_ZOHO, scratch_path("then"));
    tsl_export *export = write_well(&opt, 0);
    json_t *manifest = json_loads(export->manifest, 0, NULL);
    int rows, bytes, read, new, unchanged;
    const char *sha256, *as_of, *lang, *name;
    assert_int_equal(json_unpack(manifest, "{s:{s:i,s:i,s:i},s:{s:s,s:s},s:[{s:s,s:i,s:i,s:s}]}", "customers", "read",
                                 &read, "new", &new, "unchanged", &unchanged, "since", "as_of", &as_of, "language",
                                 &lang, "files", "name", &name, "rows", &rows, "bytes", &bytes, "sha256", &sha256),
                     0);
    assert_true(read == 2 && new == 1 && unchanged == 1);
    assert_string_equal(as_of, "2024-05-31");
    assert_string_equal(lang, "zh");
    assert_string_equal(name, export->file[0].name);
    assert_string_equal(sha256, export->file[0].sha256);
    assert_true((uint64_t)rows == export->file[0].rows && (uint64_t)bytes == export->file[0].bytes);
    assert_int_equal(json_array_size(json_object_get(manifest, "files")), export->file_count);
    json_decref(manifest);
    tsl_export_free(export);
}

/* The columns of HubSpot's import: what each is called, and which property it is; of contacts, or of others. */
static void test_hubspot_properties(void **state)
{
    (void)state;
    static const tsl_export_field named[] = {{"segment", "customer_segment", 0, -1, NULL}};
    static const struct {
        const char *object, *id_column, *type, *column[3], *property[3];
    } cases[] = {
        {NULL,
         NULL,
         "0-1",
         {"customer_segment", "Tesela: Customer id", "Tesela: Segment name"},
         {"customer_segment", "tesela_id", "tesela_segment_label"}},
        {"companies",
         "erp_number",
         "0-2",
         {"customer_segment", "erp_number", "Tesela: Segment name"},
         {"customer_segment", "erp_number", "tesela_segment_label"}},
        {"2-12345",
         "erp_number",
         "2-12345",
         {"customer_segment", "erp_number", "Tesela: Segment name"},
         {"customer_segment", "erp_number", "tesela_segment_label"}},
    };
    made_run("run", NULL, MADE_HEADER MADE_ROW("a"));
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tsl_export_options opt = ask(TSL_CRM_HUBSPOT, NULL);
        opt.object = cases[i].object;
        opt.id_column = cases[i].id_column;
        opt.field = named;
        opt.field_count = 1;
        tsl_export_free(write_well(&opt, 1));
        json_t *job = json_loads(scratch_read(scratch_path("out/hubspot-import.json")), 0, NULL), *columns;
        assert_int_equal(json_unpack(job, "{s:[{s:{s:o}}]}", "files", "fileImportPage", "columnMappings", &columns), 0);
        assert_non_null(json_object_get(json_object_get(job, "importOperations"), cases[i].type));
        const char *header = scratch_read(scratch_path("out/customers-0001.csv"));
        for (size_t c = 0; c < 3; c++) {
            const char *type, *column, *property;
            assert_int_equal(json_unpack(json_array_get(columns, c), "{s:s,s:s,s:s}", "columnObjectTypeId", &type,
                                         "columnName", &column, "propertyName", &property),
                             0);
            assert_string_equal(type, cases[i].type);
            assert_string_equal(column, cases[i].column[c]);
            assert_string_equal(property, cases[i].property[c]);
            assert_int_equal(strncmp(header, column, strlen(column)), 0);
            header += strlen(column) + 1;
        }
        json_decref(job);
    }
}

/* ---- What has changed ------------------------------------------------------------------------------------ */

#define SHORT "customer_id,segment_code,tier,clv\n"

static void test_delta(void **state)
{
    (void)state;
    made_run("then", &(made_summary){.as_of = "2024-05-31"},
             SHORT "a,CHAMP,vip,1\nb,CHAMP,vip,1\nc,LOYAL,vip,1\nx,LOYAL,gold,7\ny,CHAMP,,\n");
    made_run("run", NULL, SHORT "0,LOYAL,vip,2\na,CHAMP,vip,1\nb,LOYAL,vip,1\nc,LOYAL,,1\nz,CHAMP,vip,3\n");
    const tsl_export_options opt = ask(TSL_CRM_CSV, scratch_path("then"));
    tsl_export *export = write_well(&opt, 0);
    assert_true(export->read == 5 && export->written == 4 && export->unchanged == 1);
    assert_true(export->created == 2 && export->changed == 2 && export->vanished == 2);
    assert_int_equal(export->moved, 1);
    assert_int_equal(export->file_count, 4);
#define DELTA_HEADER "\xEF\xBB\xBFid,segment,segment_label,previous_segment,changed_on,tier,clv,scored_on\r\n"
#define STAYS_HEADER "\xEF\xBB\xBFid,segment,segment_label,tier,clv,scored_on\r\n"
    assert_text("out/new-0001.csv", DELTA_HEADER "0,LOYAL,Loyal,,2024-06-30,vip,2,2024-06-30\r\n"
                                                 "z,CHAMP,Champions: many units,,2024-06-30,vip,3,2024-06-30\r\n");
    assert_text("out/moved-0001.csv", DELTA_HEADER "b,LOYAL,Loyal,CHAMP,2024-06-30,vip,1,2024-06-30\r\n");
    assert_text("out/changed-0001.csv", STAYS_HEADER "c,LOYAL,Loyal,,1,2024-06-30\r\n");
    assert_text("out/vanished-0001.csv", DELTA_HEADER "x,LOYAL,Loyal,,,gold,7,2024-05-31\r\n"
                                                      "y,CHAMP,Champions: many units,,,,,2024-05-31\r\n");
    tsl_export_free(export);
}

/* Where he was before and since when he is here: the run's word goes; else that of the earlier one, of one who stayed;
 * else the earlier one's segment, of one who moved. */
static void test_previous_segment(void **state)
{
    (void)state;
#define MOVES "customer_id,segment_code,segment_from,segment_since,clv\n"
    made_run("then", &(made_summary){.as_of = "2024-05-31"},
             MOVES "a,CHAMP,LOYAL,2024-01-01,1\nb,CHAMP,LOYAL,2024-01-01,1\nc,CHAMP,LOYAL,2024-01-01,1\n"
                   "d,CHAMP,OLD,2024-01-01,1\ne,CHAMP,,2024-02-02,1\n");
    made_run("run", NULL,
             MOVES "a,LOYAL,CHAMP,2024-06-15,2\nb,LOYAL,,,2\nc,CHAMP,,,2\nd,CHAMP,,,2\ne,CHAMP,OLD,2024-03-03,2\n"
                   "f,CHAMP,LOYAL,2024-06-01,2\n");
    const tsl_export_options opt = ask(TSL_CRM_CSV, scratch_path("then"));
    tsl_export *export = write_well(&opt, 0);
    assert_true(export->changed == 5 && export->moved == 3 && export->created == 1);
#define MOVES_HEADER "\xEF\xBB\xBFid,segment,segment_label,previous_segment,changed_on,clv,scored_on\r\n"
    assert_text("out/moved-0001.csv", MOVES_HEADER "a,LOYAL,Loyal,CHAMP,2024-06-15,2,2024-06-30\r\n"
                                                   "b,LOYAL,Loyal,CHAMP,2024-06-30,2,2024-06-30\r\n"
                                                   "e,CHAMP,Champions: many units,OLD,2024-03-03,2,2024-06-30\r\n");
    assert_text("out/changed-0001.csv",
                "\xEF\xBB\xBFid,segment,segment_label,clv,scored_on\r\n"
                "c,CHAMP,Champions: many units,2,2024-06-30\r\nd,CHAMP,Champions: many units,2,2024-06-30\r\n");
    assert_text("out/new-0001.csv", MOVES_HEADER "f,CHAMP,Champions: many units,LOYAL,2024-06-01,2,2024-06-30\r\n");
    /* A segment that neither summary lists any more is in the picklist all the same. */
    assert_non_null(
        strstr(scratch_read(scratch_path("out/picklists.csv")), "previous_segment,previous_segment,3,OLD,OLD,OLD,"));
    tsl_export_free(export);
}

/* What alone is no change; what is one though it usually is not. */
static void test_no_change(void **state)
{
    (void)state;
    made_run("then", &(made_summary){.as_of = "2024-05-31"}, SHORT "a,CHAMP,vip,1\nb,CHAMP,vip,1\n");
    made_run("run", NULL, SHORT "a,CHAMP,vip,2\nb,CHAMP,gold,2\n");
    static const tsl_export_field clv = {"clv", NULL, 0, 0, NULL},
                                  both[] = {{"clv", NULL, 0, 0, NULL}, {"tier", NULL, 1, -1, NULL}},
                                  day[] = {{"clv", NULL, 0, 0, NULL}, {"scored_on", NULL, 0, 1, NULL}};
    const struct {
        const tsl_export_field *field;
        size_t count;
        uint64_t changed;
    } cases[] = {{NULL, 0, 2}, {&clv, 1, 1}, {both, 2, 0}, {day, 2, 2}};
    for (size_t i = 0; i < 4; i++) {
        tsl_export_options opt = ask(TSL_CRM_HUBSPOT, scratch_path("then"));
        opt.field = cases[i].field;
        opt.field_count = cases[i].count;
        tsl_export *export = write_well(&opt, i > 0);
        assert_int_equal(export->changed, cases[i].changed);
        assert_int_equal(export->unchanged, 2 - cases[i].changed);
        tsl_export_free(export);
    }
}

/* What a CRM holds that takes each file as it comes: a header's columns of a row overwrite what is there. */
typedef struct held {
    char id[16], previous[16], on[16];
} held;

static void import(const char *name, held *customer, size_t *count)
{
    char *text = strdup(scratch_read(scratch_path(name)) + 3), *line, *rest = text;
    int at[3] = {-1, -1, -1}; /* columns of id, previous segment and day */
    for (int row = 0; (line = strsep(&rest, "\n")) && *line; row++) {
        char *cell, *cells = line;
        held *of = NULL;
        for (int c = 0; (cell = strsep(&cells, ",")); c++) {
            static const char *const names[] = {"id", "previous_segment", "changed_on"};
            for (int n = 0; n < 3; n++) {
                at[n] = row == 0 && strcmp(cell, names[n]) == 0 ? c : at[n];
            }
            if (row && c == at[0]) {
                of = customer;
                while (of < customer + *count && strcmp(of->id, cell) != 0) {
                    of++;
                }
                *count += of == customer + *count;
                snprintf(of->id, sizeof of->id, "%s", cell);
            }
            if (of && c == at[1]) {
                snprintf(of->previous, sizeof of->previous, "%s", cell);
            }
            if (of && c == at[2]) {
                snprintf(of->on, sizeof of->on, "%s", cell);
            }
        }
    }
    free(text);
}

/* Four runs in a chain, none of which says where anybody was before but the first and the last: what the CRM holds of
 * who stays goes on to be true, also where another field of his changes. */
static void test_chain(void **state)
{
    (void)state;
    static const struct {
        const char *name, *as_of, *rows;
    } months[] = {{"april", "2024-04-30", MOVES "a,CHAMP,,,1\nb,CHAMP,LOYAL,2024-01-01,1\nc,LOYAL,,,1\nd,LOYAL,,,1\n"},
                  {"may", "2024-05-31", MOVES "a,LOYAL,,,1\nb,CHAMP,,,2\nc,LOYAL,,,2\nd,CHAMP,,,1\ne,CHAMP,,,1\n"},
                  {"june", "2024-06-30", MOVES "a,LOYAL,,,3\nb,CHAMP,,,3\nc,LOYAL,,,3\nd,LOYAL,,,1\ne,CHAMP,,,3\n"},
                  {"july", "2024-07-31",
                   MOVES "a,LOYAL,,,4\nb,LOYAL,,,3\nc,LOYAL,CHAMP,2024-02-02,3\nd,LOYAL,,,4\ne,CHAMP,,,4\n"}};
    static const held expected[] = {{"a", "CHAMP", "2024-05-31"},
                                    {"b", "CHAMP", "2024-07-31"},
                                    {"c", "CHAMP", "2024-02-02"},
                                    {"d", "CHAMP", "2024-06-30"},
                                    {"e", "", "2024-05-31"}};
    static const char *const kinds[] = {"new", "moved", "changed"};
    held customer[8] = {0};
    size_t count = 0;
    for (int m = 0; m < 4; m++) {
        made_run("run", &(made_summary){.as_of = months[m].as_of}, months[m].rows);
        made_run(months[m].name, &(made_summary){.as_of = months[m].as_of}, months[m].rows);
        const tsl_export_options opt = ask(TSL_CRM_CSV, m ? scratch_path(months[m - 1].name) : NULL);
        tsl_export_free(write_well(&opt, m > 0));
        for (int k = 0; k < 3; k++) {
            char file[64];
            snprintf(file, sizeof file, "out/%s-0001.csv", m ? kinds[k] : "customers");
            import(file, customer, &count);
        }
    }
    assert_int_equal(count, 5);
    for (size_t i = 0; i < count; i++) {
        assert_string_equal(customer[i].id, expected[i].id);
        assert_string_equal(customer[i].previous, expected[i].previous);
        assert_string_equal(customer[i].on, expected[i].on);
    }
}

/* Without those two fields there is nothing that only some files tell. */
static void test_no_moves(void **state)
{
    (void)state;
    made_run("then", &(made_summary){.as_of = "2024-05-31"}, SHORT "a,CHAMP,vip,1\n");
    made_run("run", NULL, SHORT "a,LOYAL,vip,1\n");
    static const tsl_export_field out[] = {{"previous_segment", NULL, 1, -1, NULL}, {"changed_on", NULL, 1, -1, NULL}};
    tsl_export_options opt = ask(TSL_CRM_ZOHO, scratch_path("then"));
    opt.field = out;
    opt.field_count = 2;
    tsl_export *export = write_well(&opt, 0);
    assert_true(export->changed == 1 && export->moved == 0);
    assert_false(scratch_has(scratch_path("out/moved-0001.csv")));
    tsl_export_free(export);
}

static int is_noted(const tsl_export *export, const char *text)
{
    for (size_t i = 0; i < export->notes.count; i++) {
        if (strstr(export->notes.text[i], text)) {
            return 1;
        }
    }
    return 0;
}

/* A run is held against one before it: of the same day, or a later one, that is said. */
static void test_order_of_days(void **state)
{
    (void)state;
    static const struct {
        const char *day;
        int is_said;
    } cases[] = {{"2024-06-29", 0}, {"2024-06-30", 1}, {"2024-07-01", 1}, {"null", 0}};
    made_run("run", NULL, SHORT "a,CHAMP,vip,1\n");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        made_run("then", &(made_summary){.as_of = cases[i].day}, SHORT "a,CHAMP,vip,1\n");
        const tsl_export_options opt = ask(TSL_CRM_CSV, scratch_path("then"));
        tsl_export *export = write_well(&opt, 1);
        assert_int_equal(is_noted(export, "is not before this one, of 2024-06-30"), cases[i].is_said);
        tsl_export_free(export);
    }
}

/* HubSpot's objects by their numbers. */
static void test_hubspot_objects(void **state)
{
    (void)state;
    static const char *const of[][2] = {
        {"contacts", "0-1"}, {"companies", "0-2"}, {"deals", "0-3"}, {"tickets", "0-5"}};
    made_run("run", NULL, SHORT "a,CHAMP,vip,1\n");
    for (size_t i = 0; i < sizeof of / sizeof *of; i++) {
        tsl_export_options opt = ask(TSL_CRM_HUBSPOT, NULL);
        opt.object = of[i][0];
        tsl_export_free(write_well(&opt, 1));
        json_t *job = json_loads(scratch_read(scratch_path("out/hubspot-import.json")), 0, NULL);
        const json_t *operations = json_object_get(job, "importOperations");
        assert_string_equal(json_string_value(json_object_get(operations, of[i][1])), "UPSERT");
        assert_int_equal(json_object_size(operations), 1);
        json_decref(job);
    }
}

/* The same run twice: nobody has changed, and there are files that say so. */
static void test_nothing_changed(void **state)
{
    (void)state;
    made_run("run", NULL, MADE_HEADER MADE_ROW("a") MADE_ROW("b"));
    for (int t = 0; t < TSL_CRMS; t++) {
        const tsl_export_options opt = ask((tsl_crm)t, scratch_path("run"));
        tsl_export *export = write_well(&opt, t > 0);
        assert_true(export->unchanged == 2 && export->written == 0);
        assert_in_range(export->file_count, 4, 7); /* Zoho has three of them in archives, too */
        for (size_t i = 0; i < export->file_count; i++) {
            assert_int_equal(export->file[i].rows, 0);
        }
        tsl_export_free(export);
    }
}

/* Ids of who vanished are counted with the others. */
static void test_vanished_ids(void **state)
{
    (void)state;
    made_run("then", &(made_summary){.as_of = "2024-05-31"},
             SHORT "007,CHAMP,vip,1\n=1+1,CHAMP,vip,1\nA,CHAMP,vip,1\n");
    made_run("run", NULL, SHORT "a,CHAMP,vip,1\n");
    const tsl_export_options opt = ask(TSL_CRM_SALESFORCE, scratch_path("then"));
    tsl_export *export = write_well(&opt, 0);
    char *notes = strdup("");
    for (size_t i = 0; i < export->notes.count; i++) {
        char *more;
        assert_true(asprintf(&more, "%s%s\n", notes, export->notes.text[i]) > 0);
        free(notes);
        notes = more;
    }
    assert_non_null(strstr(notes, "1 id, the first in line 2 of segments.csv (--since), would be turned"));
    assert_non_null(strstr(notes, "1 id, the first in line 3 of segments.csv (--since), begins as a formula does"));
    assert_non_null(strstr(notes, "1 id, the first in line 2 of segments.csv, differs from another by the case"));
    free(notes);
    assert_null(strstr(export->manifest, "007"));
    assert_null(strstr(scratch_read(scratch_path("out/README.md")), "007,"));
    tsl_export_free(export);
}

/* Which ids they are is told by no message, whatever is amiss with them. */
static void test_ids_are_not_told(void **state)
{
    (void)state;
    static const char *const rows[] = {"007-Anna,CHAMP,vip,1\n007-Anna,CHAMP,vip,1\n",
                                       "007-Anna,CHAMP,vip,1\n006,CHAMP,vip,1\n", "007-Anna,CHAMP,none,1\n",
                                       "007-Anna,CHAMP,vip\n", "007-Anna,GONE,vip,x\n"};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[256];
        tsl_export *export;
        snprintf(text, sizeof text, SHORT "%s", rows[i]);
        made_run("run", NULL, text);
        const tsl_export_options opt = ask(TSL_CRM_SALESFORCE, NULL);
        assert_int_equal(tsl_export_write(scratch_path("run"), &opt, scratch_path("out"), 0, &made_exec, &export, &err),
                         TSL_E_INPUT);
        assert_null(strstr(err.message, "007"));
        assert_null(strstr(err.message, "006"));
    }
    made_run("run", NULL, SHORT "+86138-0,CHAMP,vip,1\n007,CHAMP,vip,1\nANNA,CHAMP,vip,1\nanna,CHAMP,vip,1\n");
    for (int t = 0; t < TSL_CRMS; t++) {
        for (int lang = 0; lang < TSL_LANGS; lang++) {
            tsl_export_options opt = ask((tsl_crm)t, NULL);
            opt.lang = tsl_lang_get_code(lang);
            tsl_export *export = write_well(&opt, 1);
            assert_null(strstr(export->manifest, "anna"));
            assert_null(strstr(export->manifest, "007"));
            assert_null(strstr(scratch_read(scratch_path("out/README.md")), "anna"));
            /* Where records are found by them, and not in a file for people. */
            assert_int_equal(strstr(export->manifest, " differs from another by the case") != NULL, t > TSL_CRM_EXCEL);
            if (t == TSL_CRM_ZOHO) {
                assert_non_null(strstr(scratch_read(scratch_path("out/README.md")),
                                       lang ? "1 个编号（第一个在 segments.csv 第 5 行）与另一个仅大小写不同"
                                            : "1 id, the first in line 5 of segments.csv, differs from"));
            }
            tsl_export_free(export);
        }
    }
}

/* 1: some file of the folder has the text in it. */
static int is_told(const char *folder, const char *text)
{
    DIR *dir = opendir(scratch_path(folder));
    int told = 0;
    assert_non_null(dir);
    for (const struct dirent *e; (e = readdir(dir));) {
        char name[512];
        snprintf(name, sizeof name, "%s/%s", folder, e->d_name);
        told |= e->d_name[0] != '.' && strstr(scratch_read(scratch_path(name)), text) != NULL;
    }
    closedir(dir);
    return told;
}

/* Who vanished from a run that leaves out those of a list may be one of them: he is counted, and nothing names him, not
 * even a message on what is wrong with his row. */
static void test_suppressed(void **state)
{
    (void)state;
    static const made_summary listed = {.privacy = "{\"suppressed\": {\"ids\": 3, \"found\": 1}}"};
    for (int t = 0; t < TSL_CRMS; t++) {
        made_run("run", &listed, SHORT "b,CHAMP,vip,1\nc,CHAMP,vip,1\n");
        made_run("then", &(made_summary){.as_of = "2024-05-31"},
                 SHORT "007-Gone,CHAMP,none,high\nAnna,CHAMP,vip,1\nb,CHAMP,vip,1\n");
        const tsl_export_options opt = ask((tsl_crm)t, scratch_path("then"));
        tsl_export *export = write_well(&opt, t > 0);
        assert_true(export->vanished == 2 && export->created == 1 && export->unchanged == 1);
        for (size_t i = 0; i < export->file_count; i++) {
            assert_null(strstr(export->file[i].name, "vanished"));
        }
        assert_non_null(strstr(export->manifest, "2 customers have vanished: counted and in no file"));
        tsl_export_free(export);
        assert_false(is_told("out", "Anna") || is_told("out", "007-Gone") || is_told("out", "vanished-"));
    }
    made_run("run", NULL, SHORT "b,CHAMP,vip,1\n"); /* without a list they are checked, and told */
    made_run("then", &(made_summary){.as_of = "2024-05-31"}, SHORT "Anna,CHAMP,vip,1\nb,CHAMP,vip,1\n");
    const tsl_export_options opt = ask(TSL_CRM_CSV, scratch_path("then"));
    tsl_export_free(write_well(&opt, 1));
    assert_true(is_told("out", "Anna"));
}

/* Customers are found again by what they are called, where both runs call them by one key. */
static void test_keys(void **state)
{
    (void)state;
    static const char *const keys[] = {NULL, "{\"pseudonyms\": null, \"min_cell\": 10}", "{\"pseudonyms\": \"a1\"}",
                                       "{\"pseudonyms\": \"b2\"}"};
    static const int key[] = {0, 0, 1, 2};
    tsl_export *export;
    for (size_t i = 0; i < 4; i++) {
        for (size_t j = 0; j < 4; j++) {
            made_run("run", &(made_summary){.privacy = keys[i]}, SHORT "a,CHAMP,vip,1\n");
            made_run("then", &(made_summary){.as_of = "2024-05-31", .privacy = keys[j]}, SHORT "a,CHAMP,vip,1\n");
            const tsl_export_options opt = ask(TSL_CRM_CSV, scratch_path("then"));
            const tsl_status status =
                tsl_export_write(scratch_path("run"), &opt, scratch_path("out"), 1, &made_exec, &export, &err);
            assert_int_equal(status, key[i] == key[j] ? TSL_OK : TSL_E_INPUT);
            if (status != TSL_OK) {
                assert_says(&err, !key[i]   ? "then: its customers stand by pseudonyms, and those of "
                                  : !key[j] ? "then: its customers stand by their own ids, and those of "
                                            : "then: its customers are pseudonyms by the key ");
            }
            if (status == TSL_OK) { /* who imports them is told that they are no ids */
                assert_int_equal(notes(export, "customers go by pseudonyms, by the key "), key[i] > 0);
                assert_int_equal(is_told("out", "\"pseudonyms\": \""), key[i] > 0);
            }
            tsl_export_free(export);
        }
    }
}

/* Where files have names, a segment that is called otherwise is another option of the CRM's list: who is in it has
 * changed, and the option is told. Codes stay what they are. */
static void test_renamed(void **state)
{
    (void)state;
    static const char *const before = "{\"code\": \"CHAMP\", \"colour\": 0, \"names\": {\"en\": \"Best: much\", "
                                      "\"zh\": \"最佳客户\"}}, " MADE_LOYAL;
    static const char *const rows = "customer_id,segment_code\na,CHAMP\nb,LOYAL\n";
    made_run("then", &(made_summary){.as_of = "2024-05-31", .segments = before}, rows);
    made_run("run", NULL, rows);
    for (int t = 0; t < TSL_CRMS; t++) {
        const int by_names = t == TSL_CRM_FXIAOKE || t == TSL_CRM_EXCEL;
        tsl_export_field field[] = {{"segment_label", NULL, 1, -1, NULL}, {"scored_on", NULL, 0, 0, NULL}};
        tsl_export_options opt = ask((tsl_crm)t, scratch_path("then"));
        opt.field = field;
        opt.field_count = sizeof field / sizeof *field;
        tsl_export *export = write_well(&opt, t > 0);
        assert_int_equal(export->changed, by_names);
        assert_int_equal(notes(export, "1 option of lists has another name than in the earlier run, and must be in the "
                                       "CRM first: CHAMP: \"Champions\", before \"Best\""),
                         by_names);
        tsl_export_free(export);
    }
}

/* Of changed customers those are told who differ in moving figures alone, of what is compared. */
static void test_restless(void **state)
{
    (void)state;
    made_run("then", &(made_summary){.as_of = "2024-05-31"}, SHORT "a,CHAMP,vip,1\nb,CHAMP,vip,1\nc,CHAMP,vip,1\n");
    made_run("run", NULL, SHORT "a,CHAMP,gold,2\nb,CHAMP,vip,2\nc,CHAMP,gold,1\n");
    for (int compares = 0; compares < 2; compares++) {
        tsl_export_field field[] = {{"tier", NULL, 0, compares, NULL}};
        tsl_export_options opt = ask(TSL_CRM_CSV, scratch_path("then"));
        opt.field = field;
        opt.field_count = 1;
        tsl_export *export = write_well(&opt, compares);
        assert_int_equal(export->changed, compares ? 3 : 2);
        assert_true(notes(export, compares ? "of 3 changed customers, 1 differs in clv"
                                           : "of 2 changed customers, 2 differ in clv"));
        tsl_export_free(export);
    }
}

/* Runs of tables without a date: there is no day of scoring, and nothing says that there is one. */
static void test_no_day(void **state)
{
    (void)state;
    static const made_summary undated = {.as_of = "null"}, dated = {.lang = NULL};
    static const made_summary *const before[] = {NULL, &undated, &dated};
    for (int t = 0; t < TSL_CRMS; t++) {
        for (size_t i = 0; i < 3; i++) {
            made_run("run", &undated, SHORT "a,CHAMP,vip,1\nb,LOYAL,vip,1\n");
            if (before[i]) {
                made_run("then", before[i], SHORT "a,CHAMP,vip,1\nb,CHAMP,vip,1\nc,CHAMP,vip,1\n");
            }
            const tsl_export_options opt = ask((tsl_crm)t, before[i] ? scratch_path("then") : NULL);
            tsl_export *export = write_well(&opt, 1);
            assert_int_equal(export->moved, before[i] != NULL);
            json_t *manifest = json_loads(export->manifest, 0, NULL);
            assert_true(json_is_null(json_object_get(json_object_get(manifest, "run"), "as_of")));
            json_decref(manifest);
            tsl_export_free(export);
            assert_false(is_told("out", "is not before this one"));
            const char *readme = scratch_read(scratch_path("out/README.md"));
            assert_false(strstr(readme, "Scored on") || strstr(readme, "评分日期 "));
            assert_true(i == 0 || strstr(readme, i == 2 ? "2024-06-30" : "Against an earlier run: 2 customers"));
        }
    }
    made_run("run", &undated, SHORT "a,CHAMP,vip,1\n");
    made_run("then", &undated, SHORT "a,LOYAL,vip,1\n");
    tsl_export_options opt = ask(TSL_CRM_HUBSPOT, NULL);
    tsl_export_free(write_well(&opt, 1));
    assert_text("out/customers-0001.csv",
                "Tesela: Customer id,Tesela: Segment,Tesela: Segment name,Tesela: Value tier,"
                "\"Tesela: Expected value, 365 days\"\na,CHAMP,Champions: many units,vip,1\n");
    assert_non_null(strstr(scratch_read(scratch_path("out/hubspot-import.json")), "\"name\": \"Tesela\","));
    opt = ask(TSL_CRM_CSV, scratch_path("then"));
    tsl_export_free(write_well(&opt, 1));
    assert_text("out/moved-0001.csv", "\xEF\xBB\xBFid,segment,segment_label,previous_segment,tier,clv\r\n"
                                      "a,CHAMP,Champions: many units,LOYAL,vip,1\r\n");
}

/* 1: it is the name of a file of an export, "update-….xlsx" being the first of them, which `path` then has. */
static int is_file(const char *name, size_t length, char path[160])
{
    static const char *const endings[] = {".csv", ".xlsx", ".zip", ".json"};
    const char *first = strstr(name, "…"), *dot = name + length;
    while (dot > name && *dot != '.') {
        dot--;
    }
    const size_t stem = first && first < dot ? (size_t)(first - name) : (size_t)(dot - name);
    snprintf(path, 160, "out/%.*s%s%.*s", (int)stem, name, first && first < dot ? "0001" : "",
             (int)(name + length - dot), dot);
    for (size_t e = 0; e < sizeof endings / sizeof *endings; e++) {
        if (stem && strncmp(dot, endings[e], strlen(endings[e])) == 0 && dot + strlen(endings[e]) == name + length) {
            return 1;
        }
    }
    return 0;
}

/* Each file that the README names is there, in both languages, of all customers and of what has changed. */
static void test_readme(void **state)
{
    (void)state;
    made_run("run", NULL, SHORT "a,CHAMP,vip,1\nb,LOYAL,vip,1\nc,LOYAL,vip,1\nd,LOYAL,vip,1\n");
    made_run("then", NULL, SHORT "a,CHAMP,gold,1\nb,CHAMP,vip,1\nc,LOYAL,vip,1\nx,LOYAL,vip,1\n");
    for (int i = 0; i < TSL_CRMS * TSL_LANGS * 2; i++) {
        int files = 0;
        tsl_export_options opt = ask((tsl_crm)(i / 4), i & 1 ? scratch_path("then") : NULL);
        opt.lang = tsl_lang_get_code(i / 2 % 2);
        tsl_export_free(write_well(&opt, 1));
        char *text = strdup(scratch_read(scratch_path("out/README.md"))), *at, *end, path[160];
        assert_false(strstr(text, "{all}") || strstr(text, "{since}") || strstr(text, "{end}") || strstr(text, "{id}"));
        for (char *rest = text; (at = strchr(rest, '`')); rest = end + 1) {
            end = strchr(at + 1, '`');
            assert_non_null(end);
            if (is_file(at + 1, (size_t)(end - at - 1), path)) {
                files++;
                if (!scratch_has(scratch_path(path))) {
                    fail_msg("%s, %s: there is no %s", tsl_crm_get_code(opt.target), opt.lang, path);
                }
            }
        }
        assert_in_range(files, 4, 40);
        assert_int_equal(strstr(scratch_read(scratch_path("out/fields.csv")), "文本") != NULL,
                         opt.lang[0] == 'z' || opt.target == TSL_CRM_FXIAOKE);
        assert_true(opt.target != TSL_CRM_FXIAOKE || !strstr(text, "create-") == !(i & 1));
        assert_true(i & 1 || strstr(text, opt.lang[0] == 'z' ? "| 4 | 全部客户 |" : "| 4 | all customers |"));
        free(text);
    }
}

/* The ids of customers are nobody else's: every file is its owner's alone, whatever the mask of the program. */
static void test_modes(void **state)
{
    (void)state;
    made_run("run", NULL, MADE_HEADER MADE_ROW("a"));
    const mode_t before = umask(0);
    for (int t = 0; t < TSL_CRMS; t++) {
        const tsl_export_options opt = ask((tsl_crm)t, NULL);
        tsl_export_free(write_well(&opt, t > 0));
        DIR *dir = opendir(scratch_path("out"));
        assert_non_null(dir);
        for (const struct dirent *e; (e = readdir(dir));) {
            char name[512];
            struct stat about;
            snprintf(name, sizeof name, "out/%s", e->d_name);
            assert_int_equal(stat(scratch_path(name), &about), 0);
            if (e->d_name[0] != '.' && (about.st_mode & 0777) != 0600) {
                fail_msg("%s has mode %o", name, about.st_mode & 0777);
            }
        }
        closedir(dir);
    }
    umask(before);
}

/* ---- The folder --------------------------------------------------------------------------------------------- */

static void assert_refused(const tsl_export_options *opt, int replace, tsl_status expected, const char *says)
{
    tsl_export *export;
    assert_int_equal(
        tsl_export_write(scratch_path("run"), opt, scratch_path("out"), replace, &made_exec, &export, &err), expected);
    assert_null(export);
    assert_says(&err, says);
}

static void test_replace(void **state)
{
    (void)state;
    made_run("run", NULL, MADE_HEADER MADE_ROW("a"));
    tsl_export_options opt = ask(TSL_CRM_ZOHO, NULL);
    tsl_export_free(write_well(&opt, 1)); /* nothing to replace yet */
    assert_refused(&opt, 0, TSL_E_EXISTS, "out");
    opt.target = TSL_CRM_EXCEL;
    tsl_export_free(write_well(&opt, 1));
    assert_false(scratch_has(scratch_path("out/customers-0001.csv"))); /* nothing of the earlier one stays */
    assert_true(scratch_has(scratch_path("out/customers-0001.xlsx")));
    assert_false(scratch_has(scratch_path("out/zoho-bulk-write.json")));
    /* What is none of ours is not taken away. */
    scratch_write(scratch_path("out/mine.txt"), "mine", 4);
    assert_refused(&opt, 1, TSL_E_EXISTS, "out");
    assert_text("out/mine.txt", "mine");
    assert_true(scratch_has(scratch_path("out/customers-0001.xlsx")));
}

static void test_folder_that_is_none(void **state)
{
    (void)state;
    made_run("run", NULL, MADE_HEADER MADE_ROW("a"));
    const tsl_export_options opt = ask(TSL_CRM_CSV, NULL);
    scratch_write(scratch_path("out"), "a file", 6);
    assert_refused(&opt, 1, TSL_E_EXISTS, "out");
    unlink(scratch_path("out"));
    mkdir(scratch_path("out"), 0700);
    scratch_write(scratch_path("out/README.md"), "of another", 10); /* a name of ours, and no manifest */
    assert_refused(&opt, 1, TSL_E_EXISTS, "out");
    scratch_write(scratch_path("out/manifest.json"), "{\"format\": \"tesela manifest\", \"files\": []}", 41);
    assert_refused(&opt, 1, TSL_E_EXISTS, "out");
    assert_text("out/README.md", "of another");
}

static void test_refused_rows_leave_nothing(void **state)
{
    (void)state;
    made_run("run", NULL, SHORT "a,CHAMP,vip,1\nb,CHAMP,none,1\n");
    tsl_export_options opt = ask(TSL_CRM_CSV, NULL);
    assert_refused(&opt, 0, TSL_E_INPUT, "run/segments.csv:3: tier: \"none\"");
    made_run("run", NULL, SHORT "a,CHAMP,vip,1\n");
    made_run("then", NULL, SHORT "b,CHAMP,vip,1\na,CHAMP,vip,1\n");
    opt.since = scratch_path("then");
    assert_refused(&opt, 0, TSL_E_INPUT, "then/segments.csv:3: customer_id: stands behind a greater id");
    /* Who vanished is looked at as all others are. */
    made_run("then", NULL, SHORT "a,CHAMP,none,1\nb,CHAMP,silver,1\n");
    opt.since = scratch_path("then");
    assert_refused(&opt, 0, TSL_E_INPUT,
                   "then/segments.csv: 1 cell that CSV would refuse: " /* that of a, who is in both, is not written */);
    assert_says(&err, "then/segments.csv:3: tier: \"silver\" is in no list");
    opt.since = scratch_path("nowhere");
    assert_refused(&opt, 0, TSL_E_NOT_FOUND, "nowhere: is no folder of a run");
    assert_false(scratch_has(scratch_path("out")));
}

/* ---- The same bytes ---------------------------------------------------------------------------------------- */

static char *make_many(int offset)
{
    static const char *const segment[] = {"CHAMP", "LOYAL"};
    tsl__text rows = {0};
    tsl__text_puts(&rows, MADE_HEADER);
    for (int i = 0; i < 25000; i++) {
        if ((i + offset) % 11) {
            tsl__text_printf(&rows, "c%06d,%s,,,vip,active,5,4,%d,champion,%d.5,0.25,alive,\"%d, days\",call,0.%d\n", i,
                             segment[(i / 7 + (i % 5 == 0) * offset) % 2], 1 + i % 5, i * 17 % 999, i % 100, i % 9);
        }
    }
    return tsl__text_take(&rows);
}

static void assert_same_folder(const char *a, const char *b)
{
    DIR *dir = opendir(scratch_path(a));
    int files = 0;
    assert_non_null(dir);
    for (const struct dirent *e; (e = readdir(dir));) {
        char name[2][512], hash[2][65];
        if (e->d_name[0] == '.') {
            continue;
        }
        for (int i = 0; i < 2; i++) {
            snprintf(name[i], sizeof name[i], "%s/%s", i ? b : a, e->d_name);
            assert_int_equal(tsl_file_get_hash(&(tsl_source){.path = scratch_path(name[i])}, hash[i], &err), TSL_OK);
        }
        if (strcmp(hash[0], hash[1]) != 0) {
            fail_msg("%s and %s differ", name[0], name[1]);
        }
        files++;
    }
    closedir(dir);
    assert_in_range(files, 5, 20);
}

static void test_same_bytes(void **state)
{
    (void)state;
    char *now = make_many(1), *then = make_many(0);
    made_run("run", NULL, now);
    made_run("then", &(made_summary){.as_of = "2024-05-31"}, then);
    const char *const outs[] = {"one", "again", "four"};
    for (int t = 0; t < TSL_CRMS; t++) {
        const tsl_export_options opt = ask((tsl_crm)t, t % 2 ? scratch_path("then") : NULL);
        for (int i = 0; i < 3; i++) {
            const tsl_exec exec = {.size = sizeof exec, .threads = i == 2 ? 4 : 1};
            tsl_export *export;
            if (tsl_export_write(scratch_path("run"), &opt, scratch_path(outs[i]), 1, &exec, &export, &err)) {
                fail_msg("%s", err.message);
            }
            tsl_export_free(export);
        }
        assert_same_folder("one", "again");
        assert_same_folder("one", "four");
    }
    free(now);
    free(then);
}

/* ---- Trouble ------------------------------------------------------------------------------------------------- */

/* A disk that takes no more: the folder does not appear, and nothing is left beside it. */
static void test_no_room(void **state)
{
    (void)state;
    char *rows = make_many(0);
    made_run("run", NULL, rows);
    free(rows);
    struct rlimit before;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    signal(SIGXFSZ, SIG_IGN);
    for (int t = 0; t < TSL_CRMS; t++) {
        const tsl_export_options opt = ask((tsl_crm)t, NULL);
        tsl_export *export;
        assert_int_equal(setrlimit(RLIMIT_FSIZE, &(struct rlimit){100000, before.rlim_max}), 0);
        const tsl_status status =
            tsl_export_write(scratch_path("run"), &opt, scratch_path("out"), 0, &made_exec, &export, &err);
        assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
        if (status != TSL_E_IO) {
            fail_msg("%s: %d: %s", tsl_crm_get_code((tsl_crm)t), (int)status, err.message);
        }
        assert_false(scratch_has(scratch_path("out")));
    }
}

static int ticks;

static int stop_at_once(void *user, const tsl_progress_event *event)
{
    (void)user;
    (void)event;
    return ++ticks == 1;
}

static void test_cancelled(void **state)
{
    (void)state;
    char *rows = make_many(0);
    made_run("run", NULL, rows);
    free(rows);
    tsl_exec exec = made_exec;
    exec.report = stop_at_once;
    const tsl_export_options opt = ask(TSL_CRM_FXIAOKE, NULL);
    tsl_export *export;
    assert_int_equal(tsl_export_write(scratch_path("run"), &opt, scratch_path("out"), 0, &exec, &export, &err),
                     TSL_E_CANCELLED);
    assert_false(scratch_has(scratch_path("out")));
}

int main(void)
{
#define IN_SCRATCH(test) cmocka_unit_test_setup_teardown(test, scratch_setup, scratch_teardown)
    const struct CMUnitTest tests[] = {
        IN_SCRATCH(test_full),
        IN_SCRATCH(test_manifest),
        IN_SCRATCH(test_hubspot_properties),
        IN_SCRATCH(test_hubspot_objects),
        IN_SCRATCH(test_delta),
        IN_SCRATCH(test_order_of_days),
        IN_SCRATCH(test_previous_segment),
        IN_SCRATCH(test_chain),
        IN_SCRATCH(test_no_moves),
        IN_SCRATCH(test_vanished_ids),
        IN_SCRATCH(test_ids_are_not_told),
        IN_SCRATCH(test_suppressed),
        IN_SCRATCH(test_keys),
        IN_SCRATCH(test_renamed),
        IN_SCRATCH(test_restless),
        IN_SCRATCH(test_no_day),
        IN_SCRATCH(test_no_change),
        IN_SCRATCH(test_nothing_changed),
        IN_SCRATCH(test_readme),
        IN_SCRATCH(test_modes),
        IN_SCRATCH(test_replace),
        IN_SCRATCH(test_folder_that_is_none),
        IN_SCRATCH(test_refused_rows_leave_nothing),
        IN_SCRATCH(test_same_bytes),
        IN_SCRATCH(test_no_room),
        IN_SCRATCH(test_cancelled),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
