/* test_memory.c: every allocation of writing, reading and publishing fails once: an
 * error, no crash, no leak, nothing left behind. */
#include "failing.h"

#include <tesela/store.h>

#include "store/array_store.h"
#include "store/files/shelf.h"
#include "store/scratch.h"

#include "base/alloc.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const tsl__store_kind kind = {"model", 1, "dict", "0.1.0", 0};
static char path[512];

typedef struct thing {
    char *name;
    int32_t value;
} thing;

static const tsl__field field[] = {
    {"name", TSL__TEXT, offsetof(thing, name), NULL},
    {"value", TSL__INT32, offsetof(thing, value), NULL},
};

static void fill(tsl__store *store)
{
    static char *const level[] = {"a", "b"};
    static const char *const columns[] = {"name", "value"};
    static const thing things[] = {{"one", 1}, {"two", 2}};
    static const int32_t code[] = {0, -1, 1};
    static const double x[6] = {1, 2, 3, 4, 5, 6};
    tsl__store_put_frame(store, "frame", "name", columns, 2);
    tsl__store_put_records(store, "frame", field, 2, things, 2, sizeof things[0]);
    tsl__store_put_categorical(store, "code", code, 3, level, 2, 0);
    tsl__store_put_array(store, "x", TSL__DOUBLE, x, 3, 2);
    tsl__store_put_text(store, "text", "some text");
}

static tsl_status discard(void *user, const void *bytes, size_t count, tsl_error *err)
{
    (void)user;
    (void)bytes;
    (void)count;
    (void)err;
    return TSL_OK;
}

/* user: a target. */
static tsl_status write_store(void *user, tsl_error *err)
{
    tsl__store *store;
    tsl_status status = tsl__store_create(user, &kind, &store, err);
    assert_int_equal(status == TSL_OK, store != NULL);
    if (status != TSL_OK) {
        return status;
    }
    fill(store);
    return tsl__store_close(store, err);
}

/* user: a source. */
static tsl_status read_store(void *user, tsl_error *err)
{
    static const char *const columns[] = {"name", "value"};
    tsl__store *store;
    thing things[2] = {{0}};
    int32_t *code = NULL;
    char **level = NULL;
    size_t levels;
    int ordered;
    tsl_status status = tsl__store_open(user, &kind, &store, err);
    assert_int_equal(status == TSL_OK, store != NULL);
    if (status != TSL_OK) {
        return status;
    }
    tsl__store_check_frame(store, "frame", "name", columns, 2);
    tsl__store_get_records(store, "frame", field, 2, things, 2, sizeof things[0]);
    tsl__store_get_categorical(store, "code", 3, &code, &level, &levels, &ordered);
    tsl__store_has(store, "code/codes");
    void *x = tsl__store_get_array(store, "x", TSL__DOUBLE, 3, 2);
    char *text = tsl__store_get_text(store, "text");
    status = tsl__store_close(store, err);
    assert_int_equal(status == TSL_OK, x != NULL && text != NULL);
    free(things[0].name);
    free(things[1].name);
    free(code);
    tsl__free_texts(level, levels);
    free(x);
    free(text);
    return status;
}

static tsl_status read_array(void *user, tsl_error *err)
{
    double *values;
    size_t rows, cols;
    const char *found;
    tsl_status status = tsl_file_get_kind(user, &found, err);
    if (status == TSL_OK) {
        status = tsl_array_read(user, "/x/", 0, &values, &rows, &cols, err);
        assert_int_equal(status == TSL_OK, values != NULL);
        tsl_array_free(values);
    }
    return status;
}

static tsl_status publish(void *user, tsl_error *err)
{
    static const char *const names[] = {"data"};
    char inner[1024], first[600], second[600];
    tsl_folder *folder = NULL;
    tsl_fileset *set = NULL;
    tsl_file *file = NULL;
    (void)user;
    snprintf(first, sizeof first, "%s/first", scratch);
    snprintf(second, sizeof second, "%s/second", scratch);
    tsl_status status = tsl_fileset_open(&set, err);
    for (int i = 0; i < 2 && status == TSL_OK; i++) {
        status = tsl_file_open(&(tsl_target){.path = i ? second : first, .replace = 1, .set = set}, &file, err);
        assert_int_equal(status == TSL_OK, file != NULL);
        status = status == TSL_OK ? tsl_file_close(file, err) : status;
    }
    if (status == TSL_OK) {
        status = tsl_fileset_close(set, err);
    } else {
        tsl_fileset_free(set);
    }
    if (status != TSL_OK) {
        return status;
    }
    snprintf(inner, sizeof inner, "%s/folder", scratch);
    status = tsl_folder_open(inner, 1, names, 1, &folder, err);
    assert_int_equal(status == TSL_OK, folder != NULL);
    if (status != TSL_OK) {
        return status;
    }
    snprintf(inner, sizeof inner, "%s/data", tsl_folder_get_path(folder));
    scratch_write(inner, "x", 1);
    return tsl_folder_close(folder, err);
}

static void test_store(void **state)
{
    (void)state;
    tsl_target plain = {.path = path, .replace = 1}, called = {.write = discard};
    tsl_source source = {.path = path}, memory = {0};
    char bytes[65536];
    snprintf(path, sizeof path, "%s/a.h5", scratch);
    sweep_failures(write_store, &plain, 20);
    sweep_failures(write_store, &called, 20);
    sweep_failures(read_store, &source, 20);
    sweep_failures(read_array, &source, 4);
    FILE *file = fopen(path, "rb");
    memory.count = fread(bytes, 1, sizeof bytes, file);
    memory.bytes = bytes;
    fclose(file);
    sweep_failures(read_store, &memory, 20);
}

static void test_publishing(void **state)
{
    (void)state;
    sweep_failures(publish, NULL, 15);
}

static void double_all(void *user, size_t begin, size_t end, void *rows)
{
    (void)user;
    for (size_t i = 0; i < end - begin; i++) {
        ((double *)rows)[i] *= 2;
    }
}

static tsl_status shelve(void *user, tsl_error *err)
{
    tsl__shelf shelf;
    tsl_status status = tsl__shelf_open(5000, sizeof(double), *(const int *)user, scratch, &shelf, err);
    if (status == TSL_OK) {
        status = tsl__shelf_write(&shelf, 4999, 1, &(double){1.5}, err);
    }
    if (status == TSL_OK) {
        status = tsl__shelf_change(&shelf, 1, double_all, NULL, err);
    }
    if (status == TSL_OK) {
        assert_true(*(const double *)tsl__shelf_get(&shelf, 4999) == 3);
    }
    tsl__shelf_free(&shelf);
    return status;
}

static void test_shelf(void **state)
{
    (void)state;
    sweep_failures(shelve, &(int){0}, 0);
    sweep_failures(shelve, &(int){1}, 1);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, scratch_setup, scratch_teardown)
    const struct CMUnitTest tests[] = {TEST(test_store), TEST(test_publishing), TEST(test_shelf)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
