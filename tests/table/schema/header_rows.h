/* header_rows.h: the headers of exports and of public data sets, and what their columns are to be taken for: those
 * roles, by those columns, and no others. "-": what the table must have is not there. */
#ifndef TSL_TESTS_TABLE_SCHEMA_HEADER_ROWS_H
#define TSL_TESTS_TABLE_SCHEMA_HEADER_ROWS_H

#include <tesela/table.h>

typedef struct header_row {
    const char *system;
    tsl_table_kind kind;
    const char *header, *roles;
} header_row;

static const header_row header_rows[] = {
    {"Shopify orders", TSL_TRANSACTIONS,
     "Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Accepts "
     "Marketing,Currency,Subtotal,Shipping,Taxes,Total,Discount Code,Discount Amount,Shipping Method,Created "
     "at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem compare at price,Lineitem sku,Lineitem requires "
     "shipping,Billing Name,Billing Phone,Shipping Name,Shipping Phone,Cancelled at,Payment Method,Refunded "
     "Amount,Vendor,Id,Tags,Risk Level,Source,Lineitem discount,Phone",
     "customer=Email;order=Name;time=Created at;amount=\"Lineitem quantity\" * \"Lineitem price\";quantity=Lineitem "
     "quantity;price=Lineitem price;product=Lineitem sku;payment=Payment Method;currency=Currency"},
    {"Shopify customers", TSL_CUSTOMERS,
     "Customer ID,First Name,Last Name,Email,Accepts Email Marketing,Default Address City,Phone,Total Spent,Total "
     "Orders,Note,Tags",
     "customer=Customer ID;orders=Total Orders;spend=Total Spent"},
    {"Shopify customers, old", TSL_CUSTOMERS,
     "First Name,Last Name,Email,Accepts Marketing,Company,City,Country,Total Spent,Total Orders,Tags",
     "customer=Email;orders=Total Orders;spend=Total Spent"},
    {"Shopify API order", TSL_TRANSACTIONS,
     "id,admin_graphql_api_id,cancelled_at,closed_at,created_at,currency,customer_id,email,name,order_number,phone,"
     "processed_at,subtotal_price,total_discounts,total_price,total_shipping,total_tax,updated_at",
     "customer=customer_id;order=order_number;time=created_at;amount=total_price;currency=currency"},
    {"WooCommerce analytics orders", TSL_TRANSACTIONS,
     "Date,Order #,Status,Customer,Customer type,Product(s),Items sold,Coupon(s),Net Sales,Attribution",
     "customer=Customer;order=Order #;time=Date;amount=Net Sales;quantity=Items sold;product=Product(s)"},
    {"WooCommerce analytics orders, formatted", TSL_TRANSACTIONS,
     "Date,Order #,N. Revenue (formatted),Status,Customer,Customer type,Product(s),Items sold,Coupon(s),N. Revenue",
     "customer=Customer;order=Order #;time=Date;amount=N. Revenue (formatted);quantity=Items sold;product=Product(s)"},
    {"WooCommerce analytics customers", TSL_CUSTOMERS,
     "Name,Username,Last active,Sign up,Email,Orders,Total spend,AOV,Country / Region,City,Region,Postal code",
     "customer=Username;orders=Orders;spend=Total spend;mean_order=AOV"},
    {"WooCommerce order export, labels", TSL_TRANSACTIONS,
     "Order Number,Order Status,Order Date,Customer Note,First Name (Billing),Last Name (Billing),Email "
     "(Billing),Phone (Billing),First Name (Shipping),Last Name (Shipping),Payment Method Title,Cart Discount "
     "Amount,Order Subtotal Amount,Shipping Method Title,Order Shipping Amount,Order Refund Amount,Order Total "
     "Amount,Order Total Tax Amount,SKU,Item #,Item Name,Quantity (- Refund),Item Cost,Coupon Code,Discount Amount",
     "customer=Email (Billing);order=Order Number;time=Order Date;amount=\"Quantity (- Refund)\" * \"Item "
     "Cost\";quantity=Quantity (- Refund);price=Item Cost;product=SKU;payment=Payment Method Title"},
    {"WooCommerce order export, keys", TSL_TRANSACTIONS,
     "order_id,order_number,order_date,paid_date,status,shipping_total,shipping_tax_total,fee_total,tax_total,cart_"
     "discount,order_discount,discount_total,order_total,order_subtotal,order_key,order_currency,payment_method,"
     "payment_method_title,transaction_id,customer_ip_address,customer_id,customer_email,billing_first_name,billing_"
     "email,billing_phone,shipping_first_name",
     "customer=customer_id;order=order_id;time=order_date;amount=order_total;payment=payment_method;currency=order_"
     "currency"},
    {"WooCommerce order export, items", TSL_TRANSACTIONS,
     "Order ID,Order Number,Order Date,Customer User,Billing Email,Order Status,Order Total,Refund Amount,Payment "
     "Method "
     "Title,Item Name,Quantity,Item Cost",
     "customer=Customer User;order=Order ID;time=Order Date;amount=Quantity * \"Item "
     "Cost\";quantity=Quantity;price=Item "
     "Cost;product=Item Name;payment=Payment Method Title"},
    {"WooCommerce API order", TSL_TRANSACTIONS,
     "id,number,status,currency,date_created,date_modified,discount_total,shipping_total,total,total_tax,customer_id,"
     "payment_method,date_paid,date_completed",
     "customer=customer_id;time=date_created;amount=total;payment=payment_method;currency=currency"},
    {"Magento orders grid", TSL_TRANSACTIONS,
     "ID,Purchase Point,Purchase Date,Bill-to Name,Ship-to Name,Grand Total (Base),Grand Total "
     "(Purchased),Status,Billing Address,Shipping Address,Shipping Information,Customer Email,Customer "
     "Group,Subtotal,Shipping and Handling,Customer Name,Payment Method,Total Refunded",
     "customer=Customer Email;order=ID;time=Purchase Date;amount=Grand Total (Base);channel=Purchase "
     "Point;payment=Payment Method"},
    {"Magento sales_order", TSL_TRANSACTIONS,
     "entity_id,state,status,coupon_code,shipping_description,customer_id,base_discount_amount,base_grand_total,base_"
     "shipping_amount,base_tax_amount,discount_amount,grand_total,shipping_amount,subtotal,tax_amount,total_qty_"
     "ordered,customer_email,increment_id,order_currency_code,created_at,updated_at",
     "customer=customer_id;order=increment_id;time=created_at;amount=grand_total;currency=order_currency_code"},
    {"Magento 1 orders", TSL_TRANSACTIONS,
     "Order #,Purchased From (Store),Purchased On,Bill to Name,Ship to Name,G.T. (Base),G.T. (Purchased),Status",
     "customer=Bill to Name;order=Order #;time=Purchased On;amount=G.T. (Base)"},
    {"Magento customers", TSL_CUSTOMERS,
     "ID,Name,Email,Group,Phone,ZIP,Country,State/Province,Customer Since,Web Site,Date of Birth,Gender",
     "customer=ID"},
    {"PrestaShop orders", TSL_TRANSACTIONS, "ID,Reference,New client,Delivery,Customer,Total,Payment,Status,Date",
     "customer=Customer;order=Reference;time=Date;amount=Total;payment=Payment"},
    {"OpenCart orders", TSL_TRANSACTIONS,
     "order_id,invoice_no,store_name,customer_id,firstname,lastname,email,telephone,payment_method,shipping_method,"
     "total,currency_code,date_added,date_modified",
     "customer=customer_id;order=order_id;time=date_added;amount=total;payment=payment_method;currency=currency_code"},
    {"BigCommerce orders", TSL_TRANSACTIONS,
     "Order ID,Customer ID,Customer Name,Customer Email,Customer Phone,Order Date,Order Status,Subtotal (inc tax),Tax "
     "Total,Shipping Cost (inc tax),Handling Cost,Order Total (inc tax),Payment Method,Total Quantity,Total "
     "Shipped,Date Shipped",
     "customer=Customer ID;order=Order ID;time=Order Date;amount=Order Total (inc tax);payment=Payment Method"},
    {"Squarespace orders", TSL_TRANSACTIONS,
     "Order ID,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Currency,Subtotal,Shipping,Taxes,Amount "
     "Refunded,Total,Discount Code,Discount Amount,Shipping Method,Created at,Lineitem quantity,Lineitem name,Lineitem "
     "price,Lineitem sku,Lineitem variant,Billing Name,Shipping Name,Payment Method",
     "customer=Email;order=Order ID;time=Created at;amount=\"Lineitem quantity\" * \"Lineitem "
     "price\";quantity=Lineitem quantity;price=Lineitem price;product=Lineitem sku;payment=Payment "
     "Method;currency=Currency"},
    {"Wix orders", TSL_TRANSACTIONS,
     "Order number,Date created,Time,Total order quantity,Contact email,Note from "
     "customer,Item,Variant,SKU,Qty,Quantity refunded,Price,Weight,Custom text,Deposit amount,Delivery method,Delivery "
     "time,Recipient name,Recipient phone,Billing name,Payment status,Payment method,Coupon code,Shipping rate,Item "
     "discount,Tax total,Total,Currency",
     "customer=Contact email;order=Order number;time=Date "
     "created;amount=Total;quantity=Qty;price=Price;product=SKU;payment=Payment method;currency=Currency"},
    {"Square transactions", TSL_TRANSACTIONS,
     "Date,Time,Time Zone,Gross Sales,Discounts,Net Sales,Gift Card Sales,Tax,Tip,Partial Refunds,Total "
     "Collected,Source,Card,Card Entry Methods,Cash,Square Gift Card,Other Tender,Fees,Net Total,Transaction "
     "ID,Payment ID,Card Brand,PAN Suffix,Device Name,Staff Name,Staff ID,Details,Description,Event "
     "Type,Location,Customer ID,Customer Name,Customer Reference ID",
     "customer=Customer ID;order=Transaction ID;time=Date;amount=Net Sales"},
    {"Square items", TSL_TRANSACTIONS,
     "Date,Time,Time Zone,Category,Item,Qty,Price Point Name,SKU,Modifiers Applied,Gross Sales,Discounts,Net "
     "Sales,Tax,Transaction ID,Payment ID,Device Name,Notes,Details,Event Type,Location,Dining Option,Customer "
     "ID,Customer Name,Customer Reference ID",
     "customer=Customer ID;order=Transaction ID;time=Date;amount=Net Sales;quantity=Qty;product=SKU;category=Category"},
    {"Square customers", TSL_CUSTOMERS,
     "Reference ID,First Name,Last Name,Email Address,Phone Number,Nickname,Company Name,City,State,Birthday,Square "
     "Customer ID,Creation Source,First Visit,Last Visit,Transaction Count,Lifetime Spend",
     "customer=Square Customer ID;orders=Transaction Count;spend=Lifetime Spend"},
    {"Stripe payments", TSL_TRANSACTIONS,
     "id,Description,Seller Message,Created date (UTC),Amount,Amount Refunded,Currency,Converted Amount,Converted "
     "Amount Refunded,Fee,Taxes On Fee,Converted Currency,Mode,Status,Statement Descriptor,Customer ID,Customer "
     "Description,Customer Email,Captured,Card ID,Invoice ID,Transfer",
     "customer=Customer ID;order=id;time=Created date (UTC);amount=Amount;currency=Currency"},
    {"Stripe charges, old", TSL_TRANSACTIONS,
     "id,Description,Created (UTC),Amount,Amount Refunded,Currency,Fee,Tax,Status,Statement Descriptor,Customer "
     "ID,Customer Email,Captured,Card ID,Invoice ID",
     "customer=Customer ID;order=id;time=Created (UTC);amount=Amount;currency=Currency"},
    {"Stripe API charge", TSL_TRANSACTIONS,
     "id,amount,amount_refunded,application_fee,balance_transaction,created,currency,customer,description,invoice,"
     "payment_intent,payment_method,receipt_email,status",
     "customer=customer;order=id;time=created;amount=amount;payment=payment_method;currency=currency"},
    {"Stripe customers", TSL_CUSTOMERS,
     "id,Description,Email,Name,Created (UTC),Delinquent,Card ID,Card Last4,Total Spend,Payment Count",
     "customer=id;orders=Payment Count;spend=Total Spend"},
    {"PayPal activity", TSL_TRANSACTIONS,
     "Date,Time,TimeZone,Name,Type,Status,Currency,Gross,Fee,Net,From Email Address,To Email Address,Transaction "
     "ID,Shipping Address,Item Title,Item ID,Shipping and Handling Amount,Sales Tax,Invoice Number,Quantity,Receipt "
     "ID,Balance,Contact Phone Number",
     "customer=From Email Address;order=Transaction ID;time=Date;amount=Gross;quantity=Quantity;product=Item "
     "ID;currency=Currency"},
    {"Amazon all orders", TSL_TRANSACTIONS,
     "order-id,order-item-id,purchase-date,payments-date,buyer-email,buyer-name,buyer-phone-number,sku,product-name,"
     "quantity-purchased,currency,item-price,item-tax,shipping-price,shipping-tax,ship-service-level,recipient-name,"
     "ship-city,ship-postal-code",
     "customer=buyer-email;order=order-id;time=purchase-date;amount=item-price;quantity=quantity-purchased;product=sku;"
     "currency=currency"},
    {"Amazon order history", TSL_TRANSACTIONS,
     "Order Date,Order ID,Account Group,Purchase Order Number,Order Quantity,Currency,Order Subtotal,Order Shipping & "
     "Handling,Order Promotion,Order Tax,Order Net Total,Order Status,Account User,Account User Email,Payment "
     "Date,Payment Amount,ASIN,Title,Product Category",
     "customer=Account User Email;order=Order ID;time=Order Date;amount=Payment Amount;quantity=Order "
     "Quantity;product=ASIN;category=Product Category;currency=Currency"},
    {"eBay orders", TSL_TRANSACTIONS,
     "Sales Record Number,Order Number,Buyer Username,Buyer Name,Buyer Email,Buyer Note,Buyer City,Ship To Name,Ship "
     "To Phone,Item Number,Item Title,Custom Label,Quantity,Sold For,Shipping And Handling,Seller Collected Tax,Total "
     "Price,Payment Method,Sale Date,Paid On Date,Ship By Date,Shipped On Date",
     "customer=Buyer Username;order=Order Number;time=Sale Date;amount=Total Price;quantity=Quantity;product=Item "
     "Number;payment=Payment Method"},
    {"Etsy sold orders", TSL_TRANSACTIONS,
     "Sale Date,Order ID,Buyer User ID,Full Name,First Name,Last Name,Number of Items,Payment Method,Date "
     "Shipped,Street 1,Ship City,Ship Country,Currency,Order Value,Coupon Code,Discount Amount,Shipping,Sales "
     "Tax,Order Total,Status,Card Processing Fees,Order Net,Adjusted Order Total,Buyer,Order Type,Payment Type",
     "customer=Buyer User ID;order=Order ID;time=Sale Date;amount=Order Value;quantity=Number of Items;payment=Payment "
     "Method;currency=Currency"},
    {"Etsy sold items", TSL_TRANSACTIONS,
     "Sale Date,Item Name,Buyer,Quantity,Price,Coupon Code,Discount Amount,Shipping Discount,Order Shipping,Order "
     "Sales Tax,Item Total,Currency,Transaction ID,Listing ID,Date Paid,Date Shipped,Ship Name,Ship City,Order "
     "ID,Variations,Order Type,Payment Type,SKU",
     "customer=Buyer;order=Order ID;time=Sale Date;amount=Item "
     "Total;quantity=Quantity;price=Price;product=SKU;payment=Payment Type;currency=Currency"},
    {"Gumroad sales", TSL_TRANSACTIONS,
     "Purchase ID,Item Name,Buyer Name,Purchase Email,Buyer Email,Do not contact?,Purchase Date,Purchase Time (UTC "
     "timezone),Subtotal ($),Taxes ($),Shipping ($),Sale Price ($),Fees ($),Net Total ($),Tip ($),Country",
     "customer=Buyer Email;order=Purchase ID;time=Purchase Date;amount=Subtotal ($);price=Sale Price ($);product=Item "
     "Name"},
    {"Lightspeed sales", TSL_TRANSACTIONS,
     "Sale ID,Completed Time,Customer ID,Customer,Item,Item "
     "ID,Category,Qty,Retail,Subtotal,Discounts,Tax,Total,Cost,Profit",
     "customer=Customer ID;order=Sale ID;time=Completed Time;amount=Total;cost=Cost;quantity=Qty;product=Item "
     "ID;category=Category"},
    {"Clover orders", TSL_TRANSACTIONS,
     "Order Date,Order ID,Order Number,Order Employee ID,Order Employee Name,Note,Currency,Tax Amount,Tip,Service "
     "Charge,Discount,Order Total,Payments Total,Payment Note,Refunds Total,Manual Refunds Total,Tender,Credit Card "
     "Auth Code,Order Payment State,Customer ID",
     "customer=Customer ID;order=Order ID;time=Order Date;amount=Order Total;currency=Currency"},
    {"Toast orders", TSL_TRANSACTIONS,
     "Order Id,Order #,Checks,Opened,# of Guests,Tab Names,Server,Table,Revenue Center,Dining Area,Service,Dining "
     "Options,Discount Amount,Amount,Tax,Tip,Gratuity,Total,Voided,Paid,Closed",
     "-"},
    {"Taobao orders", TSL_TRANSACTIONS,
     "订单编号,买家会员名,买家支付宝账号,支付单号,支付详情,买家应付货款,买家应付邮费,买家支付积分,总金额,返点积分,"
     "买家实际支付金额,买家实际支付积分,订单状态,买家留言,收货人姓名,收货地址 ,运送方式,联系电话 "
     ",联系手机,订单创建时间,订单付款时间 ,宝贝标题 ,宝贝种类 "
     ",物流单号,物流公司,订单备注,宝贝总数量,店铺Id,店铺名称,订单关闭原因,卖家服务费,买家服务费,发票抬头,是否手机订单,"
     "定金排名,修改后的sku,退款金额,确认收货时间,打款商家金额",
     "customer=买家会员名;order=订单编号;time=订单创建时间;amount=买家实际支付金额;quantity=宝贝总数量;product="
     "宝贝标题 "},
    {"Taobao orders, short", TSL_TRANSACTIONS, "买家会员名,订单付款时间,买家实际支付金额",
     "customer=买家会员名;time=订单付款时间;amount=买家实际支付金额"},
    {"Tmall order report", TSL_TRANSACTIONS,
     "订单编号,总金额,买家实际支付金额,收货地址,订单创建时间,订单付款时间,退款金额,买家昵称",
     "customer=买家昵称;order=订单编号;time=订单创建时间;amount=买家实际支付金额"},
    {"Taobao items", TSL_TRANSACTIONS,
     "订单编号,买家会员名,标题,价格,购买数量,外部系统编号,商品属性,套餐信息,备注,订单状态,商家编码,订单创建时间",
     "customer=买家会员名;order=订单编号;time=订单创建时间;amount=购买数量 * "
     "价格;quantity=购买数量;price=价格;product=商家编码"},
    {"Taobao sub-orders", TSL_TRANSACTIONS,
     "子订单编号,主订单编号,买家会员名,商品标题,商品价格,购买数量,商品属性,买家应付货款,买家实际支付金额,订单状态,"
     "订单创建时间,订单付款时间,发货时间,退款状态,退款金额",
     "customer=买家会员名;order=主订单编号;time=订单创建时间;amount=买家实际支付金额;quantity=购买数量;price=商品价格;"
     "product=商品标题"},
    {"JD orders", TSL_TRANSACTIONS,
     "订单号,商品ID,商品名称,订购数量,支付方式,下单时间,京东价,订单金额,结算金额,余额支付,应付金额,订单状态,订单类型,"
     "下单帐号,客户姓名,客户地址,联系电话,订单备注,发票类型,付款确认时间,订单完成时间,运费金额",
     "customer=下单帐号;order=订单号;time=下单时间;amount=应付金额;quantity=订购数量;price=京东价;product=商品ID;"
     "payment=支付方式"},
    {"JD orders, newer", TSL_TRANSACTIONS,
     "店铺ID,店铺名称,订单号,商品名称,订购数量,下单时间,应付金额,下单帐号,客户姓名,客户地址,联系电话",
     "customer=下单帐号;order=订单号;time=下单时间;amount=应付金额;quantity=订购数量;product=商品名称"},
    {"Pinduoduo orders", TSL_TRANSACTIONS,
     "商品,订单号,订单状态,商品总价(元),邮费(元),店铺优惠折扣(元),平台优惠折扣(元),用户实付金额(元),商家实收金额(元),"
     "商品数量(件),支付时间,发货时间,确认收货时间,收货人,手机,省,市,区,商品id,商品规格,快递单号,快递公司,拼单成功时间",
     "customer=手机;order=订单号;time=支付时间;amount=用户实付金额(元);quantity=商品数量(件);product=商品id"},
    {"Douyin shop orders", TSL_TRANSACTIONS,
     "主订单编号,子订单编号,选购商品,商品规格,商品数量,商品ID,商家编码,商品单价,订单应付金额,运费,优惠总金额,平台优惠,"
     "商家优惠,支付方式,收件人,收件人手机号,省,市,区,详细地址,买家留言,订单提交时间,商家备注,订单完成时间,支付完成时间,"
     "订单状态,售后状态",
     "customer=收件人手机号;order=主订单编号;time=订单提交时间;amount=订单应付金额;quantity=商品数量;price=商品单价;"
     "product=商品ID;payment=支付方式"},
    {"Kuaishou shop orders", TSL_TRANSACTIONS,
     "订单号,订单创建时间,订单支付时间,订单状态,实付款,运费,商品名称,商品ID,商品单价,成交数量,买家昵称,收货人姓名,"
     "收货人电话,收货地址",
     "customer=买家昵称;order=订单号;time=订单创建时间;amount=实付款;quantity=成交数量;price=商品单价;product=商品ID"},
    {"Youzan orders", TSL_TRANSACTIONS,
     "订单号,订单类型,订单状态,订单创建时间,买家付款时间,商品名称,商品金额合计,运费,店铺优惠合计,订单实付金额,"
     "商品已退款金额,归属店铺,买家姓名,买家手机号,收货人/提货人,收货人手机号/提货人手机号,订单备注",
     "customer=买家手机号;order=订单号;time=订单创建时间;amount=订单实付金额;product=商品名称"},
    {"Youzan customers", TSL_CUSTOMERS, "客户编号,姓名,手机号,性别,生日,会员等级,累计消费金额,购次,最近消费时间",
     "customer=客户编号;last_order=最近消费时间;orders=购次;spend=累计消费金额"},
    {"Weidian orders", TSL_TRANSACTIONS,
     "订单编号,订单状态,下单时间,付款时间,商品名称,商品型号,商品编码,商品数量,订单实付,收件人姓名,收件人手机,收件地址,"
     "快递公司,快递单号,退款金额",
     "customer=收件人手机;order=订单编号;time=下单时间;amount=订单实付;quantity=商品数量;product=商品编码"},
    {"Weimob orders", TSL_TRANSACTIONS,
     "订单编号,下单时间,支付时间,支付方式,订单渠道,商品名称,商品数量,商品单价,运费,优惠金额,实付金额,买家昵称,会员卡号,"
     "收货人,收货人电话",
     "customer=会员卡号;order=订单编号;time=下单时间;amount=实付金额;quantity=商品数量;price=商品单价;product=商品名称;"
     "channel=订单渠道;payment=支付方式"},
    {"Meituan orders", TSL_TRANSACTIONS,
     "订单编号,下单时间,用户ID,门店名称,菜品,菜品数量,原价,优惠金额,配送费,实付金额,用户手机号",
     "customer=用户ID;order=订单编号;time=下单时间;amount=实付金额"},
    {"Museum shop till", TSL_TRANSACTIONS,
     "小票号,会员卡号,消费产生的时间,商品编码,销售数量,商品售价,消费金额,此次消费的会员积分,收银机号",
     "customer=会员卡号;order=小票号;time=消费产生的时间;amount=消费金额;quantity=销售数量;product=商品编码"},
    {"Museum shop till, short", TSL_TRANSACTIONS, "会员卡号,消费产生的时间,消费金额",
     "customer=会员卡号;time=消费产生的时间;amount=消费金额"},
    {"case h01", TSL_TRANSACTIONS, "顾客ID,购买日期,总价", "customer=顾客ID;time=购买日期;amount=总价"},
    {"case h02", TSL_TRANSACTIONS, "会员,消费时间,消费额", "customer=会员;time=消费时间;amount=消费额"},
    {"case h03", TSL_TRANSACTIONS, "用户,时间,金额", "customer=用户;time=时间;amount=金额"},
    {"case h04", TSL_TRANSACTIONS, "客户名称,销售日期,销售额", "customer=客户名称;time=销售日期;amount=销售额"},
    {"case h05", TSL_TRANSACTIONS, "会员手机号,购买日期,实付款", "customer=会员手机号;time=购买日期;amount=实付款"},
    {"case h06", TSL_TRANSACTIONS, "卡号,交易时间,交易金额", "customer=卡号;time=交易时间;amount=交易金额"},
    {"case h07", TSL_TRANSACTIONS, "买家会员名,订单付款时间,买家实际支付金额",
     "customer=买家会员名;time=订单付款时间;amount=买家实际支付金额"},
    {"case h08", TSL_TRANSACTIONS, "会员卡号,消费产生的时间,消费金额",
     "customer=会员卡号;time=消费产生的时间;amount=消费金额"},
    {"Kingdee sales outbound", TSL_TRANSACTIONS,
     "单据编号,日期,客户编码,客户名称,物料编码,物料名称,规格型号,单位,实发数量,单价,含税单价,金额,税率,税额,价税合计,"
     "折扣额,币别,销售员,销售部门,仓库",
     "customer=客户编码;order=单据编号;time=日期;amount=价税合计;quantity=实发数量;price=单价;product=物料编码;"
     "currency=币别"},
    {"Kingdee sales order", TSL_TRANSACTIONS,
     "单据类型,单据编号,日期,客户,销售组织,销售员,物料编码,物料名称,销售数量,单价,金额,价税合计,要货日期,结算币别",
     "customer=客户;order=单据编号;time=日期;amount=价税合计;quantity=销售数量;price=单价;product=物料编码;currency="
     "结算币别"},
    {"Kingdee KIS", TSL_TRANSACTIONS, "日期,单据编号,购货单位,产品代码,产品名称,数量,单价,金额,成本单价,成本,摘要",
     "customer=购货单位;order=单据编号;time=日期;amount=金额;cost=成本;quantity=数量;price=单价;product=产品代码"},
    {"Jingdouyun (Kingdee)", TSL_TRANSACTIONS,
     "销售日期,销售单据号,业务类别,客户编号,客户,销售人员,商品编号,商品名称,规格型号,仓库,数量,单价,折扣率,销售收入,"
     "成本",
     "customer=客户编号;order=销售单据号;time=销售日期;amount=销售收入;cost=成本;quantity=数量;price=单价;product="
     "商品编号"},
    {"Yonyou U8 sales orders", TSL_TRANSACTIONS,
     "订单号,订单日期,客户编码,客户简称,业务员,部门,存货编码,存货名称,数量,无税单价,含税单价,无税金额,税额,价税合计,"
     "币种,预发货日期",
     "customer=客户编码;order=订单号;time=订单日期;amount=价税合计;quantity=数量;price=无税单价;product=存货编码;"
     "currency=币种"},
    {"Yonyou U8 dispatch", TSL_TRANSACTIONS,
     "发货单号,发货日期,客户简称,存货编码,存货名称,数量,含税单价,价税合计,单据日期",
     "customer=客户简称;order=发货单号;time=单据日期;amount=价税合计;quantity=数量;price=含税单价;product=存货编码"},
    {"Yonyou T+", TSL_TRANSACTIONS, "单据日期,单据编号,客户,往来单位,存货编码,存货,数量,单价,金额,含税金额,税额,业务员",
     "customer=客户;order=单据编号;time=单据日期;amount=含税金额;quantity=数量;price=单价;product=存货编码"},
    {"Yonyou NC invoice", TSL_TRANSACTIONS, "发票号,开票日期,客户编码,客户名称,物料编码,数量,无税金额,价税合计,币种",
     "customer=客户编码;order=发票号;time=开票日期;amount=价税合计;quantity=数量;product=物料编码;currency=币种"},
    {"Guanjiapo", TSL_TRANSACTIONS, "单据日期,单据编号,往来单位,商品编号,商品名称,数量,单价,金额,折扣,折后金额,经手人",
     "customer=往来单位;order=单据编号;time=单据日期;amount=金额;quantity=数量;price=单价;product=商品编号"},
    {"SAP VA05 English", TSL_TRANSACTIONS,
     "Sold-to party,Sales Document,Document Date,Item (SD),Material,Order Quantity,Net value,Document Currency,Created "
     "on,Sales Document Type,Purchase order no.,Delivery Date,Ship-to party",
     "customer=Sold-to party;order=Sales Document;time=Document Date;amount=Net value;quantity=Order "
     "Quantity;product=Material;currency=Document Currency"},
    {"SAP VA05 German", TSL_TRANSACTIONS,
     "Auftraggeber,Verkaufsbeleg,Belegdatum,Position,Material,Auftragsmenge,Nettowert,Belegwährung,Angelegt "
     "am,Verkaufsbelegart,Lieferdatum,Warenempfänger",
     "customer=Auftraggeber;order=Verkaufsbeleg;time=Belegdatum;amount=Nettowert;quantity=Auftragsmenge;product="
     "Material;currency=Belegwährung"},
    {"SAP VBAK/VBAP", TSL_TRANSACTIONS,
     "VBELN,ERDAT,ERZET,AUDAT,KUNNR,POSNR,MATNR,MATKL,KWMENG,NETWR,WAERK,VTWEG,NETPR,MWSBP",
     "customer=KUNNR;order=VBELN;time=AUDAT;amount=NETWR;quantity=KWMENG;price=NETPR;product=MATNR;category=MATKL;"
     "channel=VTWEG;currency=WAERK"},
    {"SAP VBRK/VBRP", TSL_TRANSACTIONS, "VBELN,FKDAT,KUNAG,MATNR,FKIMG,NETWR,WAERK,MWSBK,WAVWR",
     "customer=KUNAG;order=VBELN;time=FKDAT;amount=NETWR;quantity=FKIMG;product=MATNR;currency=WAERK"},
    {"SAP billing text", TSL_TRANSACTIONS,
     "Billing Document,Billing Date,Payer,Net Value,Tax Amount,Cost,Billed Quantity,Material Number,Distribution "
     "Channel",
     "customer=Payer;order=Billing Document;time=Billing Date;amount=Net Value;cost=Cost;quantity=Billed "
     "Quantity;product=Material Number;channel=Distribution Channel"},
    {"Dynamics NAV sales lines", TSL_TRANSACTIONS,
     "Document No.,Sell-to Customer No.,Posting Date,Shipment Date,No.,Description,Quantity,Unit Price,Unit Cost "
     "(LCY),Line Amount,Line Discount Amount,Amount Including VAT",
     "customer=Sell-to Customer No.;order=Document No.;time=Posting Date;amount=Line Amount;cost=Quantity * \"Unit "
     "Cost (LCY)\";quantity=Quantity;price=Unit Price"},
    {"Dynamics 365 sales orders", TSL_TRANSACTIONS,
     "Sales order,Customer account,Customer name,Created date and time,Order type,Status,Currency,Net amount,Requested "
     "ship date",
     "customer=Customer account;order=Sales order;time=Created date and time;amount=Net amount;currency=Currency"},
    {"NetSuite transactions", TSL_TRANSACTIONS,
     "Internal ID,Date,Document Number,Name,Account,Amount,Amount (Net of Tax),Type,Customer ID,Item,Quantity",
     "customer=Customer ID;order=Document Number;time=Date;amount=Amount;quantity=Quantity;product=Item"},
    {"QuickBooks sales by customer", TSL_TRANSACTIONS,
     "Customer,Transaction Date,Transaction Type,Num,Product/Service,Memo/Description,Quantity,Sales "
     "Price,Amount,Balance",
     "customer=Customer;order=Num;time=Transaction Date;amount=Amount;quantity=Quantity;price=Sales Price"},
    {"Amazon fulfilled shipments", TSL_TRANSACTIONS,
     "Amazon Order Id,Merchant Order Id,Shipment ID,Purchase Date,Payments Date,Shipment Date,Buyer Email,Buyer "
     "Name,Merchant SKU,Title,Shipped Quantity,Currency,Item Price,Item Tax,Shipping Price",
     "customer=Buyer Email;order=Amazon Order Id;time=Purchase Date;amount=Item Price;quantity=Shipped "
     "Quantity;product=Merchant SKU;currency=Currency"},
    {"Odoo sale orders", TSL_TRANSACTIONS, "id,name,partner_id,date_order,amount_untaxed,amount_total,state",
     "customer=partner_id;order=name;time=date_order;amount=amount_total"},
    {"PrestaShop orders table", TSL_TRANSACTIONS,
     "id_order,reference,id_customer,current_state,payment,total_paid_tax_incl,total_paid_tax_excl,total_products,date_"
     "add",
     "customer=id_customer;order=id_order;time=date_add;amount=total_paid_tax_incl;payment=payment"},
    {"SAP BSID", TSL_TRANSACTIONS, "BUKRS,KUNNR,BELNR,GJAHR,BUDAT,BLDAT,CPUDT,WAERS,DMBTR,WRBTR,ZFBDT",
     "customer=KUNNR;order=BELNR;time=BUDAT;amount=DMBTR;currency=WAERS"},
    {"Xero invoices", TSL_TRANSACTIONS,
     "ContactName,EmailAddress,InvoiceNumber,Reference,InvoiceDate,DueDate,Total,TaxTotal,InvoiceAmountPaid,"
     "InvoiceAmountDue,InventoryItemCode,Description,Quantity,UnitAmount,Discount,LineAmount,TaxAmount,Currency,Type,"
     "Status",
     "customer=EmailAddress;order=InvoiceNumber;time=InvoiceDate;amount=LineAmount;quantity=Quantity;currency="
     "Currency"},
    {"Odoo sale orders", TSL_TRANSACTIONS,
     "Order Reference,Creation Date,Customer,Salesperson,Activities,Company,Total,Status,Order Date,Delivery Date",
     "customer=Customer;order=Order Reference;time=Order Date;amount=Total"},
    {"Salesforce opportunities", TSL_TRANSACTIONS,
     "Opportunity ID,Opportunity Name,Account ID,Account Name,Stage,Amount,Close Date,Created Date,Probability "
     "(%),Type,Lead Source,Owner",
     "customer=Account ID;order=Opportunity ID;time=Close Date;amount=Amount"},
    {"Salesforce API opportunity", TSL_TRANSACTIONS,
     "Id,AccountId,Name,StageName,Amount,Probability,CloseDate,Type,LeadSource,OwnerId,CreatedDate,LastModifiedDate",
     "customer=AccountId;time=CloseDate;amount=Amount"},
    {"Salesforce orders", TSL_TRANSACTIONS,
     "Order Number,Account Name,Account ID,Order Start Date,Order Amount,Status,Order End Date,Contract Number",
     "customer=Account ID;order=Order Number;time=Order Start Date;amount=Order Amount"},
    {"Salesforce order products", TSL_TRANSACTIONS,
     "OrderId,OrderItemNumber,Product2Id,Quantity,UnitPrice,TotalPrice,EffectiveDate,AccountId",
     "customer=AccountId;order=OrderId;time=EffectiveDate;amount=TotalPrice;quantity=Quantity;price=UnitPrice"},
    {"Salesforce custom object", TSL_TRANSACTIONS, "Customer_Id__c,Order_Date__c,Net_Amount__c,Order_Number__c",
     "customer=Customer_Id__c;order=Order_Number__c;time=Order_Date__c;amount=Net_Amount__c"},
    {"Salesforce cases", TSL_INTERACTIONS, "CaseNumber,AccountId,CreatedDate,ClosedDate,Type,Status,Subject,Origin",
     "customer=AccountId;time=CreatedDate;kind=Type"},
    {"HubSpot deals", TSL_TRANSACTIONS,
     "Record ID,Deal Name,Deal Stage,Close Date,Deal owner,Amount,Associated Contact IDs,Associated Company IDs,Create "
     "Date,Pipeline",
     "customer=Associated Contact IDs;order=Record ID;time=Close Date;amount=Amount"},
    {"HubSpot deals, company", TSL_TRANSACTIONS,
     "Record ID,Deal Name,Close Date,Amount,Associated Company,Last Modified Date",
     "customer=Associated Company;order=Record ID;time=Close Date;amount=Amount"},
    {"HubSpot contacts", TSL_CUSTOMERS,
     "Record ID,First Name,Last Name,Email,Phone Number,Contact owner,Lead Status,Create Date,Lifecycle Stage,Annual "
     "Revenue",
     "customer=Record ID"},
    {"Zoho CRM deals", TSL_TRANSACTIONS,
     "Record Id,Deal Name,Account Name.id,Account Name,Closing Date,Amount,Stage,Probability (%),Contact Name,Created "
     "Time,Modified Time",
     "customer=Account Name.id;order=Record Id;time=Closing Date;amount=Amount"},
    {"Zoho invoices", TSL_TRANSACTIONS,
     "Invoice Date,Invoice ID,Invoice Number,Invoice Status,Customer ID,Customer Name,Due Date,Currency Code,Item "
     "Name,SKU,Quantity,Item Price,Discount,Item Total,SubTotal,Total,Balance,Tax Amount,Shipping Charge",
     "customer=Customer ID;order=Invoice ID;time=Invoice Date;amount=Item Total;quantity=Quantity;price=Item "
     "Price;product=SKU;currency=Currency Code"},
    {"Zoho CRM accounts", TSL_CUSTOMERS,
     "Record Id,Account Name,Phone,Website,Industry,Annual Revenue,Billing City,Employees", "customer=Record Id"},
    {"Pipedrive deals", TSL_TRANSACTIONS,
     "Deal - ID,Deal - Title,Deal - Value,Deal - Currency of Value,Deal - Organization,Deal - Contact person,Deal - "
     "Won time",
     "customer=Deal - Organization;order=Deal - ID;time=Deal - Won time;amount=Deal - Value"},
    {"Fxiaoke sales orders", TSL_TRANSACTIONS,
     "销售订单编号,客户名称,下单日期,销售订单金额(元),订单产品金额,负责人,业务类型,生命状态,创建时间,已回款金额",
     "customer=客户名称;order=销售订单编号;time=下单日期;amount=销售订单金额(元)"},
    {"Fxiaoke order products", TSL_TRANSACTIONS, "销售订单编号,客户编号,产品名称,数量,价格,小计,折扣(%),下单日期",
     "customer=客户编号;order=销售订单编号;time=下单日期;amount=小计;quantity=数量;price=价格;product=产品名称"},
    {"Fxiaoke customers", TSL_CUSTOMERS, "客户编号,客户名称,客户级别,行业,省,市,电话,成交状态,创建时间",
     "customer=客户编号"},
    {"Xiaoshouyi orders", TSL_TRANSACTIONS, "订单编号,客户名称,订单日期,订单金额,币种,所有人",
     "customer=客户名称;order=订单编号;time=订单日期;amount=订单金额;currency=币种"},
    {"UCI Online Retail", TSL_TRANSACTIONS,
     "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country",
     "customer=CustomerID;order=InvoiceNo;time=InvoiceDate;amount=Quantity * "
     "UnitPrice;quantity=Quantity;price=UnitPrice;product=StockCode"},
    {"UCI Online Retail II", TSL_TRANSACTIONS,
     "Invoice,StockCode,Description,Quantity,InvoiceDate,Price,Customer ID,Country",
     "customer=Customer ID;order=Invoice;time=InvoiceDate;amount=Quantity * "
     "Price;quantity=Quantity;price=Price;product=StockCode"},
    {"AdventureWorks sales", TSL_TRANSACTIONS,
     "OrderDate,StockDate,OrderNumber,ProductKey,CustomerKey,TerritoryKey,OrderLineItem,OrderQuantity", "-"},
    {"AdventureWorks FactInternetSales", TSL_TRANSACTIONS,
     "ProductKey,OrderDateKey,DueDateKey,ShipDateKey,CustomerKey,PromotionKey,CurrencyKey,SalesTerritoryKey,"
     "SalesOrderNumber,SalesOrderLineNumber,OrderQuantity,UnitPrice,ExtendedAmount,UnitPriceDiscountPct,DiscountAmount,"
     "ProductStandardCost,TotalProductCost,SalesAmount,TaxAmt,Freight,OrderDate,DueDate,ShipDate",
     "customer=CustomerKey;order=SalesOrderNumber;time=OrderDate;amount=SalesAmount;cost=TotalProductCost;quantity="
     "OrderQuantity;price=UnitPrice;product=ProductKey"},
    {"AdventureWorks SalesOrderHeader", TSL_TRANSACTIONS,
     "SalesOrderID,RevisionNumber,OrderDate,DueDate,ShipDate,Status,SalesOrderNumber,PurchaseOrderNumber,AccountNumber,"
     "CustomerID,SalesPersonID,TerritoryID,CreditCardID,SubTotal,TaxAmt,Freight,TotalDue",
     "customer=CustomerID;order=SalesOrderID;time=OrderDate;amount=TotalDue"},
    {"AdventureWorks customers", TSL_CUSTOMERS,
     "CustomerKey,Prefix,FirstName,LastName,BirthDate,MaritalStatus,Gender,EmailAddress,AnnualIncome,TotalChildren,"
     "EducationLevel,Occupation,HomeOwner",
     "customer=CustomerKey"},
    {"Northwind orders", TSL_TRANSACTIONS,
     "OrderID,CustomerID,EmployeeID,OrderDate,RequiredDate,ShippedDate,ShipVia,Freight,ShipName,ShipCity", "-"},
    {"Northwind invoices", TSL_TRANSACTIONS,
     "ShipName,CustomerID,CustomerName,Salesperson,OrderID,OrderDate,RequiredDate,ShippedDate,ProductID,ProductName,"
     "UnitPrice,Quantity,Discount,ExtendedPrice,Freight",
     "customer=CustomerID;order=OrderID;time=OrderDate;amount=ExtendedPrice;quantity=Quantity;price=UnitPrice;product="
     "ProductID"},
    {"Instacart orders", TSL_TRANSACTIONS,
     "order_id,user_id,eval_set,order_number,order_dow,order_hour_of_day,days_since_prior_order", "-"},
    {"dunnhumby journey", TSL_TRANSACTIONS,
     "household_key,BASKET_ID,DAY,PRODUCT_ID,QUANTITY,SALES_VALUE,STORE_ID,RETAIL_DISC,TRANS_TIME,WEEK_NO,COUPON_DISC,"
     "COUPON_MATCH_DISC",
     "customer=household_key;order=BASKET_ID;time=TRANS_TIME;amount=SALES_VALUE;quantity=QUANTITY;product=PRODUCT_ID"},
    {"completejourney", TSL_TRANSACTIONS,
     "household_id,store_id,basket_id,product_id,quantity,sales_value,retail_disc,coupon_disc,coupon_match_disc,week,"
     "transaction_timestamp",
     "customer=household_id;order=basket_id;time=transaction_timestamp;amount=sales_value;quantity=quantity;product="
     "product_id"},
    {"dunnhumby Let's Get Sort-of-Real", TSL_TRANSACTIONS,
     "SHOP_WEEK,SHOP_DATE,SHOP_WEEKDAY,SHOP_HOUR,QUANTITY,SPEND,PROD_CODE,CUST_CODE,CUST_PRICE_SENSITIVITY,CUST_"
     "LIFESTAGE,BASKET_ID,BASKET_SIZE,STORE_CODE",
     "customer=CUST_CODE;order=BASKET_ID;time=SHOP_DATE;amount=SPEND;quantity=QUANTITY;product=PROD_CODE"},
    {"Olist orders and payments", TSL_TRANSACTIONS,
     "order_id,customer_id,order_status,order_purchase_timestamp,order_approved_at,order_delivered_carrier_date,order_"
     "delivered_customer_date,order_estimated_delivery_date,customer_unique_id,payment_sequential,payment_type,payment_"
     "installments,payment_value",
     "customer=customer_unique_id;order=order_id;time=order_purchase_timestamp;amount=payment_value;payment=payment_"
     "type"},
    {"Olist items", TSL_TRANSACTIONS,
     "order_id,order_item_id,product_id,seller_id,shipping_limit_date,price,freight_value,customer_unique_id,order_"
     "purchase_timestamp",
     "customer=customer_unique_id;order=order_id;time=order_purchase_timestamp;amount=price;product=product_id"},
    {"Olist customers", TSL_CUSTOMERS,
     "customer_id,customer_unique_id,customer_zip_code_prefix,customer_city,customer_state",
     "customer=customer_unique_id"},
    {"Olist reviews", TSL_INTERACTIONS,
     "review_id,order_id,customer_unique_id,review_score,review_comment_title,review_creation_date",
     "customer=customer_unique_id;time=review_creation_date;satisfaction=review_score"},
    {"CDNOW", TSL_TRANSACTIONS, "customer_id,date,num_cds,dollar_value",
     "customer=customer_id;time=date;amount=dollar_value;quantity=num_cds"},
    {"CDNOW, lifetimes", TSL_TRANSACTIONS, "id,date,quantity,amount",
     "customer=id;time=date;amount=amount;quantity=quantity"},
    {"RetailRocket events", TSL_INTERACTIONS, "timestamp,visitorid,event,itemid,transactionid",
     "customer=visitorid;time=timestamp;kind=event"},
    {"Ta Feng", TSL_TRANSACTIONS,
     "TRANSACTION_DT,CUSTOMER_ID,AGE_GROUP,PIN_CODE,PRODUCT_SUBCLASS,PRODUCT_ID,AMOUNT,ASSET,SALES_PRICE",
     "customer=CUSTOMER_ID;time=TRANSACTION_DT;amount=SALES_PRICE;quantity=AMOUNT;product=PRODUCT_ID;category=PRODUCT_"
     "SUBCLASS"},
    {"eCommerce behaviour", TSL_INTERACTIONS,
     "event_time,event_type,product_id,category_id,category_code,brand,price,user_id,user_session",
     "customer=user_id;time=event_time;kind=event_type"},
    {"eCommerce purchases", TSL_TRANSACTIONS,
     "event_time,order_id,product_id,category_id,category_code,brand,price,user_id",
     "customer=user_id;order=order_id;time=event_time;amount=price;product=product_id;category=category_id"},
    {"Superstore", TSL_TRANSACTIONS,
     "Row ID,Order ID,Order Date,Ship Date,Ship Mode,Customer ID,Customer Name,Segment,Country,City,State,Postal "
     "Code,Region,Product ID,Category,Sub-Category,Product Name,Sales,Quantity,Discount,Profit",
     "customer=Customer ID;order=Order ID;time=Order Date;amount=Sales;quantity=Quantity;product=Product "
     "ID;category=Category"},
    {"Tianchi UserBehavior", TSL_INTERACTIONS, "user_id,item_id,behavior_type,user_geohash,item_category,time",
     "customer=user_id;time=time;kind=behavior_type"},
    {"KKBox transactions", TSL_TRANSACTIONS,
     "msno,payment_method_id,payment_plan_days,plan_list_price,actual_amount_paid,is_auto_renew,transaction_date,"
     "membership_expire_date,is_cancel",
     "customer=msno;time=transaction_date;amount=actual_amount_paid;payment=payment_method_id"},
    {"Acquire valued shoppers", TSL_TRANSACTIONS,
     "id,chain,dept,category,company,brand,date,productsize,productmeasure,purchasequantity,purchaseamount",
     "customer=id;time=date;amount=purchaseamount;quantity=purchasequantity;category=category"},
    {"H&M transactions", TSL_TRANSACTIONS, "t_dat,customer_id,article_id,price,sales_channel_id",
     "customer=customer_id;time=t_dat;amount=price;product=article_id;channel=sales_channel_id"},
    {"Elo", TSL_TRANSACTIONS,
     "authorized_flag,card_id,city_id,category_1,installments,category_3,merchant_category_id,merchant_id,month_lag,"
     "purchase_amount,purchase_date,category_2,state_id,subsector_id",
     "customer=card_id;time=purchase_date;amount=purchase_amount;category=category_1"},
    {"Berka transactions", TSL_TRANSACTIONS,
     "trans_id,account_id,date,type,operation,amount,balance,k_symbol,bank,account",
     "customer=account_id;order=trans_id;time=date;amount=amount"},
    {"Retail transactions (RFM)", TSL_TRANSACTIONS, "customer_id,trans_date,tran_amount",
     "customer=customer_id;time=trans_date;amount=tran_amount"},
    {"Fashion retail sales", TSL_TRANSACTIONS,
     "Customer Reference ID,Item Purchased,Purchase Amount (USD),Date Purchase,Review Rating,Payment Method",
     "customer=Customer Reference ID;time=Date Purchase;amount=Purchase Amount (USD);product=Item "
     "Purchased;payment=Payment Method"},
    {"Istanbul shopping", TSL_TRANSACTIONS,
     "invoice_no,customer_id,gender,age,category,quantity,price,payment_method,invoice_date,shopping_mall",
     "customer=customer_id;order=invoice_no;time=invoice_date;amount=quantity * "
     "price;quantity=quantity;price=price;category=category;payment=payment_method"},
    {"Bank transactions, India", TSL_TRANSACTIONS,
     "TransactionID,CustomerID,CustomerDOB,CustGender,CustLocation,CustAccountBalance,TransactionDate,TransactionTime,"
     "TransactionAmount (INR)",
     "customer=CustomerID;order=TransactionID;time=TransactionDate;amount=TransactionAmount (INR)"},
    {"Pakistan e-commerce", TSL_TRANSACTIONS,
     "item_id,status,created_at,sku,price,qty_ordered,grand_total,increment_id,category_name_1,sales_commission_code,"
     "discount_amount,payment_method,Working Date,Customer Since,Customer ID",
     "customer=Customer ID;order=increment_id;time=created_at;amount=qty_ordered * "
     "price;quantity=qty_ordered;price=price;product=sku;category=category_name_1;payment=payment_method"},
    {"Retail store sales, dirty", TSL_TRANSACTIONS,
     "Transaction ID,Customer ID,Category,Item,Price Per Unit,Quantity,Total Spent,Payment Method,Location,Transaction "
     "Date,Discount Applied",
     "customer=Customer ID;order=Transaction ID;time=Transaction Date;amount=Total Spent;quantity=Quantity;price=Price "
     "Per Unit;product=Item;category=Category;payment=Payment Method"},
    {"Retail sales data set", TSL_TRANSACTIONS,
     "Transaction ID,Date,Customer ID,Gender,Age,Product Category,Quantity,Price per Unit,Total Amount",
     "customer=Customer ID;order=Transaction ID;time=Date;amount=Total Amount;quantity=Quantity;price=Price per "
     "Unit;category=Product Category"},
    {"Supermarket sales, no customer", TSL_TRANSACTIONS,
     "Invoice ID,Branch,City,Customer type,Gender,Product line,Unit price,Quantity,Tax "
     "5%,Total,Date,Time,Payment,cogs,gross margin percentage,gross income,Rating",
     "-"},
    {"Donations", TSL_TRANSACTIONS, "donor_id,date,donation_amount",
     "customer=donor_id;time=date;amount=donation_amount"},
    {"Lending payments", TSL_TRANSACTIONS, "account_no,payment_date,payment_amount,payment_type",
     "customer=account_no;time=payment_date;amount=payment_amount;payment=payment_type"},
    {"Airline tickets", TSL_TRANSACTIONS, "passenger_id,ticket_number,booking_date,travel_date,ticket_amount",
     "customer=passenger_id;order=ticket_number;time=booking_date;amount=ticket_amount"},
    {"Hotel bookings", TSL_TRANSACTIONS, "guest_id,booking_id,booking_date,checkin_date,checkout_date,total_price",
     "customer=guest_id;order=booking_id;time=booking_date;amount=total_price"},
    {"Telecom top-ups", TSL_TRANSACTIONS, "msisdn_id,member_id,transaction_time,charge_amount,channel",
     "customer=member_id;time=transaction_time;amount=charge_amount;channel=channel"},
    {"Ifood marketing", TSL_CUSTOMERS,
     "ID,Year_Birth,Education,Marital_Status,Income,Kidhome,Teenhome,Dt_Customer,Recency,MntWines",
     "customer=ID;recency=Recency"},
    {"Mall customers", TSL_CUSTOMERS, "CustomerID,Gender,Age,Annual Income (k$),Spending Score (1-100)",
     "customer=CustomerID"},
    {"Bank churn", TSL_CUSTOMERS,
     "RowNumber,CustomerId,Surname,CreditScore,Geography,Gender,Age,Tenure,Balance,NumOfProducts,Exited",
     "customer=CustomerId"},
    {"Telco churn", TSL_CUSTOMERS,
     "customerID,gender,SeniorCitizen,Partner,Dependents,tenure,PhoneService,MultipleLines,MonthlyCharges,TotalCharges,"
     "Churn",
     "customer=customerID"},
    {"Telecom churn, phones", TSL_CUSTOMERS,
     "state,account length,area code,phone number,international plan,voice mail plan,customer service calls,churn",
     "customer=phone number"},
    {"Credit card customers", TSL_CUSTOMERS,
     "CLIENTNUM,Attrition_Flag,Customer_Age,Gender,Dependent_count,Education_Level,Income_Category,Card_Category",
     "customer=CLIENTNUM"},
    {"Credit card usage", TSL_CUSTOMERS, "CUST_ID,BALANCE,PURCHASES,CASH_ADVANCE,CREDIT_LIMIT,PAYMENTS,TENURE",
     "customer=CUST_ID"},
    {"Credit limits", TSL_CUSTOMERS, "Sl_No,Customer Key,Avg_Credit_Limit,Total_Credit_Cards,Total_visits_bank",
     "customer=Customer Key"},
    {"Shopping trends", TSL_CUSTOMERS,
     "Customer ID,Age,Gender,Item Purchased,Category,Purchase Amount (USD),Location,Season,Review Rating,Subscription "
     "Status,Payment Method,Previous Purchases",
     "customer=Customer ID"},
    {"English, plain", TSL_TRANSACTIONS, "Customer,Date,Amount", "customer=Customer;time=Date;amount=Amount"},
    {"English, e-mail and phone", TSL_TRANSACTIONS, "email,phone,order_date,amount",
     "customer=phone;time=order_date;amount=amount"},
    {"English, phone and name", TSL_TRANSACTIONS, "Customer Phone,Customer Name,Order Date,Total",
     "customer=Customer Phone;time=Order Date;amount=Total"},
    {"English, name alone", TSL_TRANSACTIONS, "Customer Name,Order Date,Total",
     "customer=Customer Name;time=Order Date;amount=Total"},
    {"English, id last", TSL_TRANSACTIONS, "id,customer_name,order_date,total",
     "customer=customer_name;time=order_date;amount=total"},
    {"English, shipping beside billing", TSL_TRANSACTIONS,
     "Order No,Order Date,Shipping Name,Billing Name,Ship Date,Total",
     "customer=Billing Name;order=Order No;time=Order Date;amount=Total"},
    {"English, loyalty card", TSL_TRANSACTIONS, "Loyalty Card Number,Email,Receipt Date,Net Sales",
     "customer=Loyalty Card Number;time=Receipt Date;amount=Net Sales"},
    {"English, tax and discount", TSL_TRANSACTIONS,
     "customer_id,order_date,tax_amount,discount_amount,shipping_amount,net_amount",
     "customer=customer_id;time=order_date;amount=net_amount"},
    {"English, list and paid", TSL_TRANSACTIONS, "customer_id,order_date,list_price,amount_paid,refund_amount",
     "customer=customer_id;time=order_date;amount=amount_paid"},
    {"English, dates of all sorts", TSL_TRANSACTIONS,
     "customer_id,birth_date,ship_date,delivery_date,due_date,paid_at,created_at,amount",
     "customer=customer_id;time=created_at;amount=amount"},
    {"English, paid only", TSL_TRANSACTIONS, "customer_id,shipped_at,paid_at,amount",
     "customer=customer_id;time=paid_at;amount=amount"},
    {"English, transaction datetime", TSL_TRANSACTIONS, "Member No,Txn Datetime,Txn Amt,Amount,Store Code",
     "customer=Member No;time=Txn Datetime;amount=Txn Amt"},
    {"Donor CRM", TSL_TRANSACTIONS, "Donor ID,Gift Date,Amount,Campaign",
     "customer=Donor ID;time=Gift Date;amount=Amount"},
    {"B2B invoices", TSL_TRANSACTIONS, "Client No.,Invoice No.,Invoice Date,Invoice Amount,Due Date,Sales Rep",
     "customer=Client No.;order=Invoice No.;time=Invoice Date;amount=Invoice Amount"},
    {"Subscription payments", TSL_TRANSACTIONS, "subscriber_id,charge_id,created_at,amount,currency",
     "customer=subscriber_id;order=charge_id;time=created_at;amount=amount;currency=currency"},
    {"Gym visits", TSL_INTERACTIONS, "member_id,visit_date,duration",
     "customer=member_id;time=visit_date;minutes=duration"},
    {"Call center", TSL_INTERACTIONS, "customer_id,call_date,call_duration,reason,csat",
     "customer=customer_id;time=call_date;minutes=call_duration;satisfaction=csat"},
    {"GA4 events", TSL_INTERACTIONS, "user_pseudo_id,event_timestamp,event_name,event_value_in_usd",
     "customer=user_pseudo_id;time=event_timestamp;kind=event_name"},
    {"Web sessions", TSL_INTERACTIONS, "visitor_id,session_start,session_duration,page_views",
     "customer=visitor_id;time=session_start;minutes=session_duration;pages=page_views"},
    {"Web sessions, minutes", TSL_INTERACTIONS, "客户编号,访问时间,停留时长,浏览页数,行为类型",
     "customer=客户编号;time=访问时间;kind=行为类型;minutes=停留时长;pages=浏览页数"},
    {"Survey", TSL_INTERACTIONS, "customer_id,response_date,nps_score,satisfaction",
     "customer=customer_id;time=response_date;satisfaction=satisfaction;nps=nps_score"},
    {"Service desk", TSL_INTERACTIONS, "客户ID,工单创建时间,工单类型,满意度评分",
     "customer=客户ID;time=工单创建时间;kind=工单类型;satisfaction=满意度评分"},
    {"German, plain", TSL_TRANSACTIONS, "Kundennummer,Bestelldatum,Betrag",
     "customer=Kundennummer;time=Bestelldatum;amount=Betrag"},
    {"German shop", TSL_TRANSACTIONS,
     "Kunden-Nr.,Bestellnummer,Bestelldatum,Artikelnummer,Artikelbezeichnung,Menge,Einzelpreis,Gesamtpreis,"
     "Versandkosten,MwSt,Lieferdatum,Zahlungsart,Währung",
     "customer=Kunden-Nr.;order=Bestellnummer;time=Bestelldatum;amount=Gesamtpreis;quantity=Menge;price=Einzelpreis;"
     "product=Artikelnummer;payment=Zahlungsart;currency=Währung"},
    {"German invoices", TSL_TRANSACTIONS,
     "Rechnungsnummer,Rechnungsdatum,Kundennr,Firma,Nettobetrag,MwSt-Betrag,Bruttobetrag,Fällig am,Rabatt",
     "customer=Kundennr;order=Rechnungsnummer;time=Rechnungsdatum;amount=Nettobetrag"},
    {"German till", TSL_TRANSACTIONS, "Bonnummer,Datum,Uhrzeit,Kundenkarte,Warengruppe,Anzahl,Umsatz",
     "customer=Kundenkarte;order=Bonnummer;time=Datum;amount=Umsatz;quantity=Anzahl;category=Warengruppe"},
    {"German by e-mail", TSL_TRANSACTIONS, "Bestelldatum,E-Mail-Adresse,Summe,Gutschein,Versanddatum",
     "customer=E-Mail-Adresse;time=Bestelldatum;amount=Summe"},
    {"German by name", TSL_TRANSACTIONS, "Auftragsdatum,Kundenname,Auftragswert,Geburtsdatum",
     "customer=Kundenname;time=Auftragsdatum;amount=Auftragswert"},
    {"German, umlauts spelt out", TSL_TRANSACTIONS, "Kaeufer,Kaufdatum,Gesamtbetrag,Stueckzahl,Waehrung",
     "customer=Kaeufer;time=Kaufdatum;amount=Gesamtbetrag;quantity=Stueckzahl;currency=Waehrung"},
    {"Shopware orders", TSL_TRANSACTIONS,
     "orderId,orderNumber,customerId,customerEmail,orderDate,orderTime,invoiceAmount,invoiceShipping,currency,"
     "paymentMethod",
     "customer=customerId;order=orderId;time=orderDate;amount=invoiceAmount;payment=paymentMethod;currency=currency"},
    {"JTL orders", TSL_TRANSACTIONS,
     "Auftragsnummer,Kundennummer,Auftragsdatum,Gesamtbetrag Brutto,Zahlungsart,Versanddatum",
     "customer=Kundennummer;order=Auftragsnummer;time=Auftragsdatum;amount=Gesamtbetrag Brutto;payment=Zahlungsart"},
    {"French, plain", TSL_TRANSACTIONS, "Code client,Date de commande,Montant",
     "customer=Code client;time=Date de commande;amount=Montant"},
    {"French shop", TSL_TRANSACTIONS,
     "N° client,N° commande,Date commande,Référence,Désignation,Quantité,Prix unitaire,Montant TTC,Frais de "
     "port,Remise,Date de livraison,Mode de paiement",
     "customer=N° client;order=N° commande;time=Date commande;amount=Montant TTC;quantity=Quantité;price=Prix "
     "unitaire;product=Désignation;payment=Mode de paiement"},
    {"French invoices", TSL_TRANSACTIONS, "Numéro de facture,Date de facture,Client,Montant HT,TVA,Total TTC,Échéance",
     "customer=Client;order=Numéro de facture;time=Date de facture;amount=Montant HT"},
    {"French till", TSL_TRANSACTIONS, "Numéro de carte de fidélité,Date d'achat,Rayon,Qté,Montant total",
     "customer=Numéro de carte de fidélité;time=Date d'achat;amount=Montant total;quantity=Qté;category=Rayon"},
    {"French by mail", TSL_TRANSACTIONS, "Date de la commande,Adresse e-mail,Montant payé,Canal de vente",
     "customer=Adresse e-mail;time=Date de la commande;amount=Montant payé;channel=Canal de vente"},
    {"French by name", TSL_TRANSACTIONS, "Nom du client,Date,Chiffre d'affaires",
     "customer=Nom du client;time=Date;amount=Chiffre d'affaires"},
    {"PrestaShop, French", TSL_TRANSACTIONS, "ID,Référence,Client,Total,Paiement,État,Date",
     "customer=Client;time=Date;amount=Total"},
    {"Spanish, plain", TSL_TRANSACTIONS, "ID cliente,Fecha,Importe", "customer=ID cliente;time=Fecha;amount=Importe"},
    {"Spanish shop", TSL_TRANSACTIONS,
     "Código de cliente,Nº pedido,Fecha de pedido,Producto,Cantidad,Precio unitario,Importe total,Gastos de "
     "envío,IVA,Descuento,Fecha de entrega,Forma de pago,Moneda",
     "customer=Código de cliente;order=Nº pedido;time=Fecha de pedido;amount=Importe "
     "total;quantity=Cantidad;price=Precio unitario;product=Producto;payment=Forma de pago;currency=Moneda"},
    {"Spanish invoices", TSL_TRANSACTIONS,
     "Nº factura,Fecha factura,Cliente,Importe neto,IVA,Total factura,Vencimiento",
     "customer=Cliente;order=Nº factura;time=Fecha factura;amount=Importe neto"},
    {"Spanish by mail", TSL_TRANSACTIONS, "Correo electrónico,Fecha de compra,Monto pagado,Canal de venta",
     "customer=Correo electrónico;time=Fecha de compra;amount=Monto pagado;channel=Canal de venta"},
    {"Spanish by name", TSL_TRANSACTIONS, "Nombre del cliente,Fecha de venta,Ventas,Fecha de nacimiento",
     "customer=Nombre del cliente;time=Fecha de venta;amount=Ventas"},
    {"Mexican till", TSL_TRANSACTIONS, "Folio,Fecha y hora,Número de tarjeta,Artículo,Unidades,Total",
     "customer=Número de tarjeta;order=Folio;time=Fecha y hora;amount=Total;quantity=Unidades;product=Artículo"},
    {"Portuguese shop", TSL_TRANSACTIONS, "Código do cliente,Data do pedido,Valor total,Quantidade,Frete",
     "customer=Código do cliente;time=Data do pedido;amount=Valor total;quantity=Quantidade"},
    {"Chinese, plain", TSL_TRANSACTIONS, "客户编号,下单时间,实付金额",
     "customer=客户编号;time=下单时间;amount=实付金额"},
    {"Chinese, list and paid", TSL_TRANSACTIONS,
     "客户ID,订单号,下单时间,付款时间,发货时间,商品金额,运费,优惠金额,实付金额",
     "customer=客户ID;order=订单号;time=下单时间;amount=实付金额"},
    {"Chinese, paid time only", TSL_TRANSACTIONS, "会员ID,付款时间,发货时间,支付金额",
     "customer=会员ID;time=付款时间;amount=支付金额"},
    {"Chinese, ids of all sorts", TSL_TRANSACTIONS, "姓名,手机号,会员卡号,会员编号,消费日期,消费金额",
     "customer=会员编号;time=消费日期;amount=消费金额"},
    {"Chinese, card and phone", TSL_TRANSACTIONS, "姓名,手机号,会员卡号,消费日期,消费金额",
     "customer=会员卡号;time=消费日期;amount=消费金额"},
    {"Chinese, phone and name", TSL_TRANSACTIONS, "客户姓名,联系电话,购买时间,总金额",
     "customer=联系电话;time=购买时间;amount=总金额"},
    {"Chinese, e-mail and name", TSL_TRANSACTIONS, "客户姓名,客户邮箱,购买时间,总金额",
     "customer=客户邮箱;time=购买时间;amount=总金额"},
    {"Chinese, name alone", TSL_TRANSACTIONS, "姓名,日期,金额", "customer=姓名;time=日期;amount=金额"},
    {"Chinese, receiver only", TSL_TRANSACTIONS, "订单编号,收货人,收货人手机号,下单时间,实付金额",
     "customer=收货人手机号;order=订单编号;time=下单时间;amount=实付金额"},
    {"Chinese, full width", TSL_TRANSACTIONS, "客户ＩＤ,下单　时间,金额（元）",
     "customer=客户ＩＤ;time=下单　时间;amount=金额（元）"},
    {"Chinese till", TSL_TRANSACTIONS,
     "流水号,会员卡号,交易日期,商品名称,商品分类,数量,单价,折扣金额,实收金额,支付方式,门店",
     "customer=会员卡号;order=流水号;time=交易日期;amount=实收金额;quantity=数量;price=单价;product=商品名称;category="
     "商品分类;payment=支付方式"},
    {"Chinese bank", TSL_TRANSACTIONS, "账户编号,交易日期,交易金额,账户余额,交易渠道",
     "customer=账户编号;time=交易日期;amount=交易金额;channel=交易渠道"},
    {"Chinese insurer", TSL_TRANSACTIONS, "投保人编号,保单号,缴费日期,保费金额,险种",
     "customer=投保人编号;time=缴费日期;amount=保费金额"},
    {"Chinese school", TSL_TRANSACTIONS, "学员编号,购买日期,课程,实付金额,退款金额",
     "customer=学员编号;time=购买日期;amount=实付金额"},
    {"Chinese travel", TSL_TRANSACTIONS, "用户ID,订单ID,下单日期,出行日期,支付总额,成本",
     "customer=用户ID;order=订单ID;time=下单日期;amount=支付总额;cost=成本"},
    {"Chinese B2B", TSL_TRANSACTIONS, "购货单位,开票日期,发票号码,不含税金额,税额,价税合计",
     "customer=购货单位;order=发票号码;time=开票日期;amount=价税合计"},
    {"Chinese hospital", TSL_TRANSACTIONS, "患者编号,就诊卡号,收费日期,就诊日期,总金额",
     "customer=患者编号;time=收费日期;amount=总金额"},
    {"Chinese events", TSL_INTERACTIONS, "用户ID,事件时间,事件名称,停留时长",
     "customer=用户ID;time=事件时间;kind=事件名称;minutes=停留时长"},
    {"Chinese loyalty", TSL_TRANSACTIONS, "卡号,消费时间,实际消费金额,积分",
     "customer=卡号;time=消费时间;amount=实际消费金额"},
    {"Chinese mini programme", TSL_TRANSACTIONS, "openid,支付时间,实付金额(元),商品名",
     "customer=openid;time=支付时间;amount=实付金额(元);product=商品名"},
    {"WeChat pay bill", TSL_TRANSACTIONS,
     "交易时间,公众账号ID,商户号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,"
     "代金券金额,手续费,商品名称",
     "customer=用户标识;order=商户订单号;time=交易时间;amount=应结订单金额;product=商品名称;currency=货币种类"},
    {"Alipay bill", TSL_TRANSACTIONS,
     "支付宝交易号,商户订单号,业务类型,商品名称,创建时间,完成时间,门店编号,对方账户,订单金额（元）,商家实收（元）,"
     "退款批次号",
     "customer=对方账户;order=商户订单号;time=创建时间;amount=订单金额（元）;product=商品名称"},
    {"Customers with a card", TSL_CUSTOMERS, "会员卡号,姓名,性别,年龄", "customer=会员卡号"},
    {"Customers by telephone", TSL_CUSTOMERS, "手机号码,性别,年龄,城市", "customer=手机号码"},
    {"Customers by mail", TSL_CUSTOMERS, "E-Mail,Age,City", "customer=E-Mail"},
    {"Customers by name", TSL_CUSTOMERS, "姓名,年龄,性别", "customer=姓名"},
    {"Customers, telephone yes or no", TSL_CUSTOMERS, "Age,Telephone,Housing", "-"},
    {"Customers, German", TSL_CUSTOMERS, "Kundennummer,Anrede,PLZ,Ort,Geburtsdatum", "customer=Kundennummer"},
    {"Customers, French", TSL_CUSTOMERS, "Identifiant client,Nom,Âge,Ville", "customer=Identifiant client"},
    {"Customers, Spanish", TSL_CUSTOMERS, "ID cliente,Nombre,Edad,Ciudad", "customer=ID cliente"},
};

#endif
