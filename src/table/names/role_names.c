/*
 * role_names.c: the table of names that are recognised as roles, and the look into it.
 *
 * The names are those that shops, tills, ledgers and CRMs give the columns of
 * their exports, and public data sets theirs, in English, Chinese, German, French
 * and Spanish. A role's lines are tried from the first: an id before the number
 * of a card, a telephone, an address, a name; the time of the order before that of
 * its payment, never that of its delivery; what was paid before what was asked.
 */
#include "table/names/role_names.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "table/names/roles.h"

#define T TSL__IN(TSL_TRANSACTIONS)
#define C TSL__IN(TSL_CUSTOMERS)
#define I TSL__IN(TSL_INTERACTIONS)

/* Parts of names that stand in several lines. */
#define EN_NUMBER "{id,key,no,number,num,nr,nbr,code,uuid,guid,identifier}"
#define ZH_WHO                                                                                                                                                    \
    "{客户,顾客,会员,用户,买家,购买者,购买人,消费者,客人,下单人,付款人,持卡人,储户,投保人,学员,患者,乘客,业主,车主," \
    "账户,帐户}"
#define ZH_NUMBER "{编号,id,号,代码,编码,账号,帐号,标识,唯一标识,uid}"

static const tsl__role_names table[] = {
    /* ---- Customer: ids. Those of a person before those of a single order (Olist). */
    {TSL_ROLE_CUSTOMER, T | C | I, 0, NULL,
     "customer unique id|customer" EN_NUMBER "|customer{uid,unique key}"
     "|cust" EN_NUMBER "|client" EN_NUMBER "|{shopper,buyer,consumer,member,membership,patron,subscriber,guest,"
     "passenger,patient,donor,player,student}" EN_NUMBER
     "|{buyer user,customer account,customer user,user account,customer reference,customer external,external "
     "customer}{id,no,number,code}|customer user|user{id,key,no,number,num,code,pseudo "
     "id,uuid,guid}|household{id,key,no,"
     "number}|{uid,fan id,full visitor id,visitor id,id customer,id client}|account name id|contact name id|"
     "square customer id|associated {contact,company}{,id,ids}|sell to customer{no,id}|bill to customer{no,id}|"
     "sold to party|sold to|customer account|payer|kunnr|kunag|kunrg|msno|requester{id,no}"},
    {TSL_ROLE_CUSTOMER, T | C | I, 0, NULL,
     "客户" ZH_NUMBER "|顾客" ZH_NUMBER "|会员" ZH_NUMBER "|用户" ZH_NUMBER "|" ZH_WHO ZH_NUMBER
     "|买家{用户,会员}{id,编号}|买家会员名|买家{账户名,用户名,旺旺,旺旺号,旺旺名}|{淘宝,旺旺}{会员名,id,号,账号,"
     "帐号,昵称}|{下单,购买}{账号,帐号,用户}|用户pin|用户id号|{客户,会员,顾客}代号|{店铺,商城,平台}{会员,用户,"
     "客户}{id,编号,号}|粉丝{id,编号}|{微信,}openid|{微信,}unionid|{买家,客户,会员,顾客,用户}{微信,微信号}|{往来单位,"
     "购货单位,购货方,购买方,"
     "采购方}{编号,编码,代码,id}"},
    {TSL_ROLE_CUSTOMER, T | C | I, 0, NULL,
     "{kunden,kunde,kd,debitoren,debitor,besteller,kaufer,kaeufer,auftraggeber,mitglieds,mitglied,nutzer,"
     "benutzer,haushalts}{nummer,nr,id,code,konto,kennung,schlussel,schluessel}|{id,identifiant,code,numero,no,"
     "n,num,ref,reference}{client,du client,de client,clients,acheteur,adherent,utilisateur,membre}|client{no,"
     "num,ref}|{id,identificador,codigo,cod,numero,no,n,num,clave}{cliente,del cliente,de cliente,do cliente,"
     "comprador,de comprador,socio,de socio,usuario,de usuario}|cliente{id,no,codigo}"},
    {TSL_ROLE_CUSTOMER, T | C | I, 0, NULL,
     "customer|cust|client|user|member|shopper|buyer username|buyer|consumer|username|客户|顾客|会员|用户|买家|"
     "购买者|购买人|消费者|下单人|会员名|用户名|客户名|微信号|账号|帐号|身份证号|身份证号码|户号|粉丝|donor|"
     "person|cif|nif|kunde|debitor|auftraggeber|besteller|kaufer|kaeufer|mitglied|acheteur|adherent|cliente|"
     "comprador|socio|usuario"},
    /* a customers table's own, however it counts them */
    {TSL_ROLE_CUSTOMER, C, TSL__SENSE_ANYONE, NULL, "record id|lead id|company id|id|编号"},
    /* an account's, which a customer may have several of */
    {TSL_ROLE_CUSTOMER, T | C | I, 0, NULL,
     "account{id,key,no,number,num,code}|konto{nummer,nr,}|{person,profile,contact,party,business "
     "partner,partner,debtor,"
     "payer}{id,key,no,number,code}"},
    /* ---- Customer: cards, telephones, addresses, names */
    {TSL_ROLE_CUSTOMER, T | C | I, TSL__SENSE_CARD, NULL,
     "{member,membership,loyalty,rewards,customer,club,frequent flyer,store,}card{id,no,number,num}|{loyalty,"
     "rewards,frequent flyer}{id,no,number}|{会员,客户,顾客,vip,储值,积分,购物,就诊,银行,信用,持,}卡{号,号码,id,"
     "编号}|会员卡|{kunden,}karten{nummer,nr}|kundenkarte|{numero,no,n,num}{de carte,carte,carte fidelite,de "
     "carte de fidelite,carte client}|carte de fidelite|{numero,no,n,num}{de tarjeta,tarjeta}|tarjeta{de "
     "cliente,cliente,}"},
    /* Shopify, WooCommerce, PayPal, Amazon: every line has the address, few the telephone. */
    {TSL_ROLE_CUSTOMER, T, TSL__SENSE_EMAIL, "lineitemname|paymentmethodtitle|fromemailaddress|orderitemid",
     "{,customer,billing,from,buyer}{email,email address}"},
    {TSL_ROLE_CUSTOMER, T | C | I, TSL__SENSE_PHONE, NULL,
     "{customer,client,buyer,user,member,billing,contact,}{phone number,phone no,phone num,mobile number,mobile "
     "no,mobile phone,mobile phone number,telephone number,cell phone number}|" ZH_WHO
     "{手机号,手机号码,手机,电话,电话号码,联系电话}|{购买,下单,绑定,注册,预留,联系,}{手机号,手机号码,手机,"
     "电话号码,电话}|{telefon,handy,mobil,mobilfunk,ruf}{nummer,nr}|numero {de telephone,telephone,de portable,"
     "portable}|{numero de,n,no}{telefono,celular,movil}"},
    {TSL_ROLE_CUSTOMER, T | I, TSL__SENSE_PHONE, NULL,
     "{customer,client,buyer,user,member,billing,}{phone,mobile,telephone,cell phone,tel}|msisdn|telefon|handy|"
     "portable|telefono|celular|movil"},
    {TSL_ROLE_CUSTOMER, T | C | I, TSL__SENSE_EMAIL, NULL,
     "{customer,client,buyer,user,member,billing,contact,payer,purchaser,subscriber,from,bill to,account user,"
     "}{email,email address,mail address}|" ZH_WHO
     "{邮箱,电子邮箱,邮件,邮箱地址,email}|{电子邮箱,邮箱,电子邮件,邮箱地址,电子邮件地址,邮件地址}|{kunden,"
     "}{email,mail}adresse|{kunden,rechnungs}email|adresse {email,mail,electronique}|{email,mail,"
     "courriel}{client,du client}|courriel|{correo,email}{del cliente,cliente,electronico}|correo{electronico "
     "del cliente,}"},
    {TSL_ROLE_CUSTOMER, T | I, TSL__SENSE_PERSON, NULL,
     "{customer,client,buyer,user,member,cust,billing,bill to,sold to,purchaser,guest,shopper,consumer,account,"
     "contact,cardholder,account holder,passenger,patient,subscriber}{name,full name}|account user|deal "
     "{organization,contact person}|full name|company name|" ZH_WHO
     "{姓名,名称,名字,简称,全称,昵称}|{往来单位,购货单位,购货方,购买方,采购方,购方,需方}{名称,}|对方{账户,账号,"
     "名称}|姓名|名字|昵称|联系人{姓名,}|{kunden,kaufer,kaeufer,firmen}name|name des kunden|nom{client,du "
     "client,complet}|raison sociale|nombre {cliente,del cliente,completo}|razon social"},
    /* whom it was sent to, for want of anything else */
    {TSL_ROLE_CUSTOMER, T, TSL__SENSE_PHONE, NULL,
     "{收货人,收件人,收货,收件}{手机号,手机号码,手机,电话,电话号码,联系电话,联系方式}|联系方式|{shipping,ship "
     "to,recipient,receiver,consignee}{phone,phone number,mobile}"},
    {TSL_ROLE_CUSTOMER, T, TSL__SENSE_PERSON, NULL,
     "{收货人,收件人}{姓名,名称,}|{shipping,ship to,recipient,receiver,consignee}{name,full name}"},

    /* ---- Order */
    {TSL_ROLE_ORDER, T, 0, "financialstatus", "name"}, /* Shopify */
    {TSL_ROLE_ORDER, T, 0, "purchasepoint", "id"},     /* Magento */
    {TSL_ROLE_ORDER, T, 0, "statementdescriptor|paymentintent",
     "id"},                                                         /* Stripe, most of whose charges have no invoice */
    {TSL_ROLE_ORDER, T, 0, "fromemailaddress", "transaction id"},   /* PayPal, likewise */
    {TSL_ROLE_ORDER, T, 0, "dealname", "record id"},                /* HubSpot, Zoho */
    {TSL_ROLE_ORDER, T, 0, "newclient|nouveauclient", "reference"}, /* PrestaShop */
    {TSL_ROLE_ORDER, T, 0, "transactiontype", "num"},               /* QuickBooks */
    {TSL_ROLE_ORDER, T, 0, "dateorder", "name"},                    /* Odoo */
    {TSL_ROLE_ORDER, T, 0, NULL,
     "order" EN_NUMBER "|sales order" EN_NUMBER
     "|sales order|orders id|order|{amazon,merchant}order id|id {order,commande,pedido}|order{ref,reference}|increment "
     "id|{purchase,sale,sales,booking,"
     "reservation}{id,no,number}|invoice{no,id,number,num,nr,ref,}|{bill,receipt,ticket,check,till receipt}{no,"
     "id,number,nr}|{basket,cart,checkout}{id,key,no,number}|{transaction,trans,txn,tran}{id,key,no,number,num,"
     "ref}|{opportunity,deal,quote}{id,no,number}|charge id|payment id|{sales document,sales doc,billing "
     "document,document,doc,voucher}{no,number,}|vbeln|belnr"},
    {TSL_ROLE_ORDER, T, 0, NULL,
     "{订单,销售订单,主订单,商户订单,平台订单,网店订单,原始订单,交易订单}{编号,号,id,单号,编码,号码,流水号}|"
     "交易{编号,号,单号,流水号,id}|{单据,销售,销售单据,小票,流水,发票,票据,账单,结算单,出库单,销货单,零售,收银,"
     "销售单,消费}{编号,号,单号,流水号,号码}|单号|流水号|支付单号|{回款,收款}{编号,单号}|发货单号|子订单{编号,号}"},
    {TSL_ROLE_ORDER, T, 0, NULL,
     "{bestell,bestellungs,auftrags,rechnungs,beleg,bon,kassenbon,verkaufs,transaktions,vorgangs}{nummer,nr,id}|"
     "bestellung|auftrag|verkaufsbeleg|rechnung|beleg|faktura{nummer,nr,}|{id,identifiant,numero,no,n,num,ref,"
     "reference,"
     "code}{commande,de commande,de la commande,facture,de facture,ticket,de ticket,transaction,de transaction,"
     "vente,de vente}|commande{id,no,}|facture|{id,numero,no,n,num,codigo,cod}{pedido,de pedido,del pedido,do "
     "pedido,orden,de orden,factura,de factura,venta,de venta,ticket de venta,transaccion,de transaccion,compra,"
     "de compra}|pedido{id,}|orden|factura|folio"},

    /* ---- Time: what happened, of interactions */
    {TSL_ROLE_TIME, I, 0, NULL,
     "{event,visit,session,activity,interaction,contact,call,chat,click,view,login,page view,hit,ticket,case,"
     "survey,response,engagement,review,review creation}{date,time,timestamp,datetime,start,start time,start "
     "date,day,at}|{visited,viewed,clicked,called,contacted,browsed,watched,logged in,checked in,responded,reviewed,"
     "engaged,email opened,message opened}{at,on,date,time}|date "
     "{visited,viewed,clicked,called,contacted}|{访问,浏览,登录,登陆,行为,事件,互动,点击,会话,会话开始,进店,到店,来访,"
     "通话,来电,联系,咨询,投诉,"
     "服务,反馈,接触,跟进,工单创建,发生,活动,操作,签到}{时间,日期,开始时间}|{ereignis,besuchs,kontakt,anruf,"
     "sitzungs}{datum,zeit,zeitpunkt}|date {visite,de visite,evenement,de l evenement,contact,de contact,appel,"
     "d appel,session}|fecha {visita,de visita,evento,del evento,contacto,de contacto,llamada,sesion}"},
    /* ---- Time: of the order, of the document, of the row, of the payment; then any */
    {TSL_ROLE_TIME, T | I, 0, NULL,
     "order purchase timestamp|order{date,time,datetime,date time,timestamp,day,dt,created at,created on,"
     "created,created date,created time,creation date,create time,placed at,placed on,placed date,placed}|date "
     "{ordered,placed,order,of order}|ordered{at,on,date}|placed{at,on}|{purchase,purchased}{date,time,datetime,"
     "timestamp,at,on,day}|date {purchase,purchased,of purchase}|{transaction,trans,tran,txn,trx}{date,time,"
     "datetime,timestamp,dt,day}|date of transaction|sales{date,time}|sale{date,time,datetime}|date {sold,of "
     "sale}|sold{at,on,date}|t dat|invoice{date,time,datetime,timestamp,day,dt}|{billing,bill,receipt,ticket,"
     "checkout,booking}{date,time}|booked{on,at}|{donation,gift,charge,spend,event,visit,value}date|event{time,"
     "timestamp}|{document,doc,posting}date|order start date|deal won time|deal won date|effective date|close "
     "date|closing date|audat|fkdat|budat|bldat|cpudt"},
    {TSL_ROLE_TIME, T | I, 0, NULL,
     "{订单,下单,订单创建,订单提交,订单生成,拍下,订购,订货,购买,消费,交易,销售,购物,消费产生的,订单产生的}{日期,"
     "时间,日}|{发生,充值,刷卡,出票,预订,预定,消费时间点,到店}{日期,时间,}|交易时间戳|{创建,提交,单据,业务,开票,"
     "开单,制单,发票,销货,零售,小票}{日期,时间,日}|{bestell,auftrags,kauf,verkaufs,rechnungs,beleg,transaktions,"
     "bon,buchungs}{datum,zeit,zeitpunkt,tag}|datum {der bestellung,des kaufs}|date {commande,de commande,de la "
     "commande,achat,d achat,de l achat,vente,de vente,transaction,de transaction,facture,de facture,"
     "facturation,de facturation}|fecha {pedido,de pedido,del pedido,orden,de orden,compra,de compra,de la "
     "compra,venta,de venta,de la venta,transaccion,de transaccion,factura,de factura,emision,de emision}|data "
     "{do pedido,da compra,da venda}"},
    {TSL_ROLE_TIME, I, 0, NULL, "{start,started,begin}{time,date,at,timestamp}|occurred{at,on}|logged at|开始时间|ts"},
    {TSL_ROLE_TIME, T | I, 0, NULL,
     "created{at,date,on,time,datetime,timestamp,}|{creation,create}{date,time}|date {created,added,add}|added at|"
     "timestamp|time stamp|date time|date and time|date|dt|ymd|angelegt am|erstellt am|{erstell,"
     "erstellungs}datum|date {de creation,creation,et heure}|cree le|fecha {creacion,de creacion,y hora}|erdat|"
     "日期|年月日"},
    {TSL_ROLE_TIME, T, 0, NULL,
     "paid{at,on,date,on date,time}|date paid|{payment,payments,pay}{date,time,datetime,timestamp}|{captured,"
     "processed}at|{付款,支付,订单付款,订单支付,买家付款,用户付款,支付完成,付款完成,支付成功,收款,结账,收银,"
     "收费,缴费,结算,记账,入账,成交,订单成交}{日期,时间,日}|出库{日期,时间}|{zahlungs,zahl}datum|bezahlt am|"
     "date {de paiement,paiement,de reglement}|fecha {pago,de pago}"},
    {TSL_ROLE_TIME, T, 0, NULL,
     "completed{at,on,date,time,}|date completed|closed{at,on,date,time,}|date "
     "closed|opened{at,on,date,time,}|{arrival,check in,checkin}date|check in"},
    {TSL_ROLE_TIME, T | I, 0, NULL, "time|时间|时间戳|datum|zeitstempel|zeitpunkt|uhrzeit|horodatage|fecha|fechahora"},

    /* ---- Amount: what was paid; of the line, of the order; then any */
    {TSL_ROLE_AMOUNT, T, 0, "asset", "sales price"}, /* Ta Feng, whose AMOUNT is the quantity */
    {TSL_ROLE_AMOUNT, T, 0, "quantitypurchased|amazonorderid", "item price"}, /* Amazon: of all pieces of the line */
    {TSL_ROLE_AMOUNT, T, 0, NULL,
     "{amount,total,price}paid|paid price|total paid {tax incl,real,amount}|actual amount paid|actual "
     "payment|{paid,payment}{amount,total,value}|net{amount,"
     "sales,revenue,value}|n revenue|{line,item,position}{total,amount,value,net,subtotal}|{子订单,"
     "商品}{实付金额,实付,实付款,实际支付金额}|{买家,用户,客户,顾客,会员,订单,总,合计,消费者,}{实付,实际支付,"
     "实际付款,实际成交,实际消费,实收}{金额,款,额,总额,货款,总金额,}|{买家,用户,客户,订单,总,}{支付,付款}{金额,"
     "总额,总金额,款额}|{买家,用户,客户,订单,}应付{金额,货款,款,总额,总金额}|{价税合计,结算金额,成交金额,成交额,"
     "成交总额,含税金额}|{本币,原币}{价税合计,含税金额}|{本次,}{回款,收款}金额|{zahl,zahlungs}betrag|montant "
     "{paye,regle,encaisse}|total paye|{importe,monto,"
     "total}pagado"},
    {TSL_ROLE_AMOUNT, T, TSL__SENSE_OF_ORDER, NULL,
     "order{total,amount,value,net total,total amount,total price,sum,price,revenue}|grand total|base grand "
     "total|gt|{订单,销售订单,应结订单}{金额,总额,总金额,总价}"},
    {TSL_ROLE_AMOUNT, T, 0, NULL,
     "{sales,sale,purchase,transaction,tran,trans,txn,spend,spending,invoice,bill,basket,receipt,ticket,charge,"
     "donation,trx}{amount,value,total,amt}|{order,paid,pay,payment,total,net}{amt,money}|amount{spent,of "
     "purchase}|amount|amt|{amount,total,spend,revenue,sales}{usd,eur,gbp,cny,rmb}|total{amount,price,sales,"
     "value,spent,spend,revenue,collected,due}|sales|sales revenue|revenue|rev|gmv|money|fare|charge|dollar "
     "value|extended{amount,price}|deal "
     "value|netwr|dmbtr|wrbtr|{amount,total}{including,incl,inc}{vat,tax,gst}|{交易,消费,销售,购买,购物,销货,开票,发票,"
     "流水,刷卡,充值,"
     "缴费,收款,到账,应收,实际,花费}{金额,总额,总金额,额}|销售总价|金额|总价|总金额|总额"},
    {TSL_ROLE_AMOUNT, T, TSL__SENSE_MAY_BE_OF_ORDER, NULL, "total"},
    {TSL_ROLE_AMOUNT, T, 0, NULL,
     "gross{sales,amount,total,revenue,}|spend|spent|money spent|monetary|turnover|{order,}subtotal|net total|"
     "net|value|商品{金额,总价,总额,合计}|商品金额合计|货款|小计|合计{金额,}|金额合计|总计|{不含税,无税,"
     "未税}金额|{本币,原币}{无税金额,不含税金额,金额}|发生额|{销售,营业,}收入|营业额|营收|净额|总消费|消费|消费总额|"
     "花费"},
    {TSL_ROLE_AMOUNT, T, 0, NULL,
     "{gesamt,rechnungs,bestell,auftrags,netto,brutto,end,verkaufs,transaktions,positions,kauf,waren}{betrag,"
     "summe,wert}|{netto,brutto,gesamt,}umsatz|gesamtbetrag{brutto,netto}|betrag|gesamtpreis|gesamtsumme|"
     "endpreis|summe|wert|montant {total,ttc,ht,total ttc,total ht,net,commande,de la commande,achat,de l achat,"
     "facture,vente,de la vente,transaction}|montant|total{ttc,ht,commande}|chiffre d affaires|ca{ht,ttc}|prix "
     "total|{importe,monto}{total,neto,bruto,pedido,del pedido,compra,de la compra,factura,venta,de venta,de la "
     "venta}|importe|monto|total{pedido,del pedido,venta,compra,factura}|valor {total,pedido,del pedido,do "
     "pedido,venta,compra}|precio total|amount total|base imponible|{total,importe}{con iva,sin "
     "iva}|ventas|venta|ingresos|valor|gasto|depense"},
    /* of two letters: of a French table alone */
    {TSL_ROLE_AMOUNT, T, 0,
     "client|{id,identifiant,code,numero,no,n,num,ref}client|date {facture,de facture,commande,de commande,vente,de "
     "vente,achat,d achat}",
     "ca{,net,brut,€,k€,eur,keur}"},
    /* what is asked for, for want of what it came to */
    {TSL_ROLE_AMOUNT, T, 0, NULL,
     "{amount,balance}due|amount untaxed|{amount,total}{excluding,excl,ex}{vat,tax,gst}|netto|brutto"},

    /* ---- What a line or a piece of it costs, how many pieces, at what price */
    {TSL_ROLE_COST, T, 0, NULL,
     "total{product,}cost|cost {amount,total}|line cost|cost of goods sold|cost|cogs|总成本|成本{金额,}|{销售,"
     "商品}总成本|wareneinsatz|gesamtkosten|cout total|{coste,costo,custo}total"},
    {TSL_ROLE_COST, T, TSL__SENSE_PER_UNIT, NULL,
     "{unit,product,standard,product standard,item}cost|cost per {unit,item}|cost price|{单位成本,成本价,"
     "成本单价,进价,进货价,采购价,商品成本价}|{einstands,einkaufs}preis|cout unitaire|prix {d achat,de revient}|"
     "{coste,costo}unitario"},
    {TSL_ROLE_QUANTITY, T, 0, "asset", "amount"}, /* Ta Feng */
    {TSL_ROLE_QUANTITY, T, 0, NULL,
     "lineitem quantity|line item quantity|quantity{,purchased,ordered,sold}|{order,ordered,purchase,purchased,"
     "sales,sale,sold,item,items,product,billed,invoiced}{quantity,qty}|qty{,ordered,purchased,sold}|units{,"
     "sold}|number of {units,items,products,pieces}|{num,no of}{items,units,cds,pieces}|items sold|item count|"
     "pieces|pcs|kwmeng|fkimg|{shipped,delivered}{quantity,qty}"},
    {TSL_ROLE_QUANTITY, T, 0, NULL,
     "{购买,商品,订购,宝贝,产品,成交,销货,开票,下单,出库,实发,}{数量,总数量,件数}|宝贝总数|销售数量|销量|"
     "{bestell,auftrags,verkaufs,}menge|anzahl|{artikel,}{stuckzahl,stueckzahl}|stuck|stueck|{quantite,qte}{,"
     "commandee,vendue,achetee}|{nombre,nb}d articles|cantidad{,vendida,pedida,comprada}|unidades{,vendidas}|"
     "quantidade"},
    {TSL_ROLE_PRICE, T, TSL__SENSE_PER_ITEM, NULL, "lineitem price|line item price|order item price"},
    {TSL_ROLE_PRICE, T, TSL__SENSE_PER_UNIT, NULL,
     "unit price|price per {unit,item}|price each|{product,item,selling,sales,sale,net,retail,actual}price|"
     "price|netpr|单价|{商品,销售,成交,含税,产品,零售,购买,实际,不含税,无税,宝贝,销货,平均}{单价,价格,价}|售价|"
     "价格|京东价|{einzel,stuck,stueck,verkaufs,artikel,netto,brutto,}preis|preis pro {stuck,stueck}|prix "
     "{unitaire,unitaire ht,unitaire ttc,de vente,produit,article}|pu{ht,ttc}|prix|precio {unitario,de venta,"
     "venta,por unidad,producto}|preco{unitario,}|precio"},
    /* WooCommerce: what is asked for one; beside a price of the item it is what it costs */
    {TSL_ROLE_PRICE, T, TSL__SENSE_PER_ITEM, "ordertotalamount|ordertotal|customeruser", "item cost"},

    /* ---- What was bought, where, how it was paid */
    {TSL_ROLE_PRODUCT, T, 0, NULL,
     "product" EN_NUMBER "|prod{id,code,key,no,number}|product{sku,}|{merchant,seller}sku|stock code|{lineitem,line "
     "item,item,product,variant}sku|sku{,"
     "id,code}|{item,article,variant,merchandise,material}{id,code,no,number,key}|asin|upc|ean|barcode|isbn|"
     "material|matnr|{lineitem,line item}name|item|article|product{name,title}|item{name,title,purchased}"},
    {TSL_ROLE_PRODUCT, T, 0, NULL,
     "{商品,产品,宝贝,货品,物料,存货,货物,sku}{编号,id,编码,代码,货号,条码,sku,号}|商家编码|货号|条码|款号|"
     "{商品,产品,宝贝,货品,物料,存货,货物,sku}{名称,标题,名}|选购商品|商品|产品|{artikel,produkt,"
     "material}{nummer,nr,id,code,}|{artikel,produkt}{bezeichnung,name}|{id,code,reference,ref,numero}{produit,"
     "du produit,article}|produit|designation|nom {du produit,produit}|{id,codigo,cod,referencia,ref,"
     "clave}{producto,del producto,de producto,articulo}|producto|articulo|nombre {producto,del producto,de "
     "producto}"},
    {TSL_ROLE_CATEGORY, T, 0, NULL,
     "product category|product category name|category name|category{,1,name 1,code,id}|product {line,group,type,"
     "family,subclass}|item category|merchandise group|matkl|department|dept|{商品,产品,宝贝,货品,存货,物料,"
     "}{类别,品类,类目,分类,大类}|{商品,产品}种类|warengruppe|{produkt,artikel}{kategorie,gruppe}|kategorie|"
     "{categorie,famille}{produit,de produit,article,}|rayon|{categoria,familia}{producto,de producto,del "
     "producto,}"},
    {TSL_ROLE_CHANNEL, T, 0, NULL,
     "{sales,order,purchase,distribution,}channel|sales channel id|{purchase point,sales platform,order source,"
     "vtweg}|{销售,购买,下单,订单,交易,成交,购物,消费,}渠道|订单来源|{下单,销售}平台|{vertriebs,verkaufs,absatz,"
     "}kanal|vertriebsweg|canal{,de vente,d achat,de venta,de compra,venta}"},
    {TSL_ROLE_PAYMENT, T, 0, NULL,
     "payment {method,type,mode,option,gateway,method title,method name,method id}|{pay,paid}{method,type,mode,"
     "way}|method of payment|tender type|payment|{支付,付款,结算,收款,结账}{方式,渠道,类型}|{zahlungs,zahl,"
     "bezahl}art|zahlungs{methode,mittel,weise,weg}|{mode,moyen,methode}{de paiement,paiement,de reglement}|"
     "{forma,metodo,medio}{de pago,pago,de pagamento}"},
    {TSL_ROLE_CURRENCY, T | C, 0, NULL,
     "{order,transaction,trans,txn,sd document,document,doc,payment,invoice,sale,sales,price,item,amount,deal,"
     "opportunity,presentment,charge,billing,purchase,settlement,}{currency,currency code,currency iso,currency iso "
     "code,currency type,currency name,currency symbol,ccy,curr,cur}|iso currency{,code}|currency id|waerk|waers|{结算,"
     "交易,订单,支付,付款,}{币种,币别,货币,币种代码,货币代码,货币类型,货币单位,币种名称}|货币种类|{beleg,rechnungs,"
     "auftrags,transaktions,}{wahrung,waehrung,wahrungs code,waehrungs code,wahrungs kurzel,wahrungs schlussel,"
     "waehrungs schluessel}|{code,}devise|{code,}monnaie|{codigo,}{moneda,divisa}|{moneda,divisa,devise,monnaie}"
     "{code,iso,codigo}|{codigo de,codigo de la}{moneda,divisa}"},

    /* ---- What else is known of an interaction, and what customers say */
    {TSL_ROLE_KIND, I, 0, NULL,
     "kind|{interaction,event,activity,contact,engagement,behavior,behaviour,action,ticket,case,call}type|"
     "{event,activity,action}name|interaction|type|event|action|activity|behavior|touchpoint|task subtype|{事件,"
     "行为,互动,操作,活动,接触,服务,工单,来电,访问}{类型,名称,类别}|事件|行为|动作|操作|互动|类型|{ereignis,"
     "kontakt,vorgangs,aktions}{typ,art}|ereignis|aktion|art|typ|type {evenement,d evenement,contact,de contact,"
     "interaction,d interaction}|evenement|tipo {evento,de evento,contacto,de contacto,interaccion,de "
     "interaccion}|tipo|evento"},
    {TSL_ROLE_MINUTES, I, 0, NULL,
     "{session,visit,stay,call,chat,watch,dwell}minutes|duration{minutes,min,mins,in minutes,in seconds,in ms,in "
     "milliseconds,in hours}|minutes|"
     "{dwell,talk,handle,watch,viewing}time{,ms,msec,milliseconds,s,sec,secs,seconds,min,mins,minutes,hours}"
     "|"
     "engagement time{ms,msec,sec,seconds,minutes}|time {on site,on "
     "page,spent}{,sec,secs,seconds,ms,min,minutes}|{session,visit,stay,"
     "call}{duration,length}|duration|{浏览,停留,访问,会话,通话,观看,学习,在线,逗留}{时长,分钟,分钟数}|{停留,"
     "逗留,在线}时间|时长|分钟|分钟数|{sitzungs,besuchs,verweil,}dauer|minuten|dauer in minuten|duree{minutes,"
     "en minutes,session,de session,visite,de visite,}|duracion{minutos,en minutos,sesion,visita,}|minutos|"
     "{session,visit,stay,call,chat,watch,dwell}{ms,milliseconds,sec,secs,seconds,hours}|{session,visit,stay,call,"
     "chat,watch,dwell,}duration{ms,milliseconds,s,sec,secs,seconds,hours}|{浏览,停留,访问,会话,通话,观看,学习,在线,"
     "逗留}{秒数,毫秒数,小时数}|{sitzungs,besuchs,verweil,}dauer{sek,sekunden,in sekunden,std,stunden,in stunden}|"
     "duree{secondes,en secondes,heures,en heures}|duracion{segundos,en segundos,seg,horas,en horas}"}, /* other units
                                                                                                           than minutes
                                                                                                           are applied
                                                                                                         */
    {TSL_ROLE_PAGES, I, 0, NULL,
     "page {depth,count}|pages {viewed,visited}|page views|num pages|pages|{浏览,访问}{页数,页面数,深度}|"
     "页面{深度,数}|页数|{浏览量,pv}|seiten{aufrufe,}|pages vues|nombre de pages|{numero de,}paginas{vistas,}"},
    {TSL_ROLE_SATISFACTION, C | I, 0, NULL,
     "satisfaction {score,index,rating}|satisfaction|csat{,score}|满意度{,评分,得分,分数,指数}|{kunden,"
     "}zufriedenheit|satisfaction client|satisfaccion{,del cliente}"},
    {TSL_ROLE_SATISFACTION, I, 0, NULL, "score|rating|review score|评分|打分|评价分数"},
    {TSL_ROLE_NPS, C | I, 0, NULL, "nps|nps score|net promoter score|推荐度|推荐值|净推荐值"},

    /* ---- What a table of customers tells of their purchases: what HubSpot, Klaviyo, Magento, Salesforce, Shopify,
     * Square, Stripe, WooCommerce, Taobao and Youzan call it in their exports, and R, F and M */
    {TSL_ROLE_RECENCY, C, 0, NULL,
     "recency{,days,in days,day}|{order,purchase}recency|days {recency,since last,since latest,since most recent}|days "
     "since {last,latest,most recent,previous}{order,purchase,transaction,sale,buy,gift}|{number of,no of,num}days "
     "since "
     "{last,latest,most recent}{order,purchase,transaction}|last {order,purchase}days ago|{距,距离}{上次,上一次,最近,"
     "最近一次,最后一次,末次,末单}{消费,购买,下单,交易,购物,订单,}{天数,的天数,日数}|{最近,最近一次,上次,末次,"
     "最后一次}{消费,购买,下单,交易,购物}{距今天数,距今,间隔,间隔天数,天数}|未{消费,购买,下单,交易,购物}天数|"
     "{消费,购买,交易}{新近度,近度}|tage seit {letzter,der letzten}{bestellung,transaktion}|tage seit {letztem,dem "
     "letzten}{kauf,einkauf}|rezenz|recence|{jours,nombre de jours,nb jours}depuis {la derniere,derniere}{commande,"
     "vente,transaction}|{jours,nombre de jours,nb jours}depuis {le dernier,dernier}achat|recencia|dias desde {la "
     "ultima,ultima}{compra,transaccion,venta}|dias desde {el ultimo,ultimo}pedido"},
    {TSL_ROLE_RECENCY, C, 0, "f", "r"},
    {TSL_ROLE_LAST_ORDER, C, 0, NULL,
     "{last,latest,most recent,recent}{order,purchase,transaction,sale,invoice,gift,donation,deal close,deal closed,"
     "closed order,sales order}{date,datetime,time,timestamp,day,at,on,dt}|{last,latest}{ordered,purchased,bought}{at,"
     "on,date,}|date {of,of the,}{last,latest,most recent}{order,purchase,transaction,sale,gift}|{last,latest,most "
     "recent}{order,purchase,transaction}|{上次,上一次,最近,最近一次,最后,最后一次,末次,末单}{消费,购买,下单,交易,购物,"
     "成交,付款,支付,订单}{时间,日期,日,}|{最近,最后}{消费,购买,下单,交易,购物,成交,付款}的{时间,日期}|{letzte,letztes}"
     "{bestellung,transaktion,bestelldatum,kaufdatum}|letzter {kauf,einkauf,auftrag}|datum {der letzten bestellung,"
     "letzte bestellung,des letzten kaufs,letzter kauf}|{date,date de,date de la}derniere {commande,vente,transaction}"
     "|{date,date du,date de}dernier achat|derniere commande|dernier achat|fecha {de la ultima,ultima,de "
     "ultima}{compra,venta,transaccion}|fecha {del ultimo,ultimo,de ultimo}pedido|ultima {compra,transaccion}|ultimo "
     "pedido"},
    {TSL_ROLE_FIRST_ORDER, C, 0, NULL,
     "first {order,purchase,transaction,sale,invoice,gift,donation,deal close}{date,datetime,time,timestamp,day,at,on,"
     "dt}|first {ordered,purchased,bought}{at,on,date,}|date {of,of the,}first {order,purchase,transaction,sale,gift}|"
     "first {order,purchase,transaction}|{首次,首单,第一次,最早,初次,最早一次}{消费,购买,下单,交易,购物,成交,付款,支付,"
     "订单}{时间,日期,日,}|首单{时间,日期}|{erste,erstes}{bestellung,transaktion,bestelldatum,kaufdatum}|erster {kauf,"
     "einkauf,auftrag}|datum {der ersten bestellung,erste bestellung,des ersten kaufs,erster kauf}|{date,date de,date "
     "de la}premiere {commande,vente,transaction}|{date,date du,date de}premier achat|premiere commande|premier achat|"
     "fecha {de la primera,primera,de primera}{compra,venta,transaccion}|fecha {del primer,primer,de primer}pedido|"
     "primera {compra,transaccion}|primer pedido"},
    {TSL_ROLE_ORDERS, C, 0, NULL,
     "frequency{,count,of purchase,of orders}|{purchase,order,buying}frequency|orders|{orders,order,purchase,"
     "purchases,transaction,transactions,payment,gift,invoice}count|{total,lifetime}{orders,transactions}|{number "
     "of,num,no of,nr "
     "of,count of,nb,n,total number of,historic number of}{orders,purchases,transactions,gifts,closed orders,"
     "associated "
     "deals,payments}|{消费,购买,下单,交易,订单,成交,购物,累计消费,累计购买,累计下单,累计交易,累计订单,总购买,总消费,"
     "历史消费,"
     "历史购买}{次数,笔数,频次,频率,总次数,总笔数,频度}|{累计,总,成交,历史,购买,}{订单}{数,数量,总数,量,总量}|"
     "{购次,下单数,交易数}|{anzahl,anzahl der}{bestellungen,kaufe,kaeufe,auftrage,auftraege,einkaufe,einkaeufe,"
     "transaktionen}|bestellanzahl|bestellungen|kauf{haufigkeit,haeufigkeit,anzahl}|haufigkeit|frequence{,d achat,des "
     "achats}|{nombre,nombre de,nb,nb de}commandes|{nombre d,nb d,nombre,nb}achats|frecuencia{,de compra,de "
     "compras}|{numero de,num,n de,cantidad de}{pedidos,compras,transacciones}"},
    {TSL_ROLE_ORDERS, C, 0, "r", "f"},
    {TSL_ROLE_SPEND, C, 0, NULL,
     "monetary{,value,total,amount,sum}|total {spent,spend,spending,revenue,sales,amount spent,order value,order "
     "amount,purchase amount,purchase value,purchases value,gifts,turnover,monetary}|{lifetime,historic,historical}"
     "{spend,spent,revenue,sales,order value}|{historic,historical}{customer lifetime value,clv,ltv}|amount spent|"
     "spend total|{累计,总,历史,历史累计,累积}{消费,购买,交易,成交,实付,支付,订单,付款,购物,下单}{金额,总额,额,"
     "总金额}|{累计,累积,历史}金额|累计消费|累计实付|总消费|{消费,交易,购买,成交,购物}{金额,总额,总金额}|gesamt{umsatz,"
     "ausgaben,kaufwert,"
     "bestellwert}|umsatz "
     "gesamt|kundenumsatz|{total,total des,montant total des,montant des,montant cumule des}{achats,commandes,"
     "depenses}|{depense,depenses}{totale,totales}|ca {total,cumule}|montant {depense,cumule,monetaire}|monetaire|"
     "{total,monto total,importe total}{gastado,de compras,compras,comprado,pedidos}|gasto total|monetario|valor "
     "monetario"},
    {TSL_ROLE_SPEND, C, 0, "r", "m"},
    {TSL_ROLE_MEAN_ORDER, C, 0, NULL,
     "aov|{average,avg,mean}{order,basket,purchase,ticket,transaction,sale,gift,receipt,invoice,spend per order,"
     "revenue per order}{value,amount,size,total,spend,}|平均客单价|客单价|{笔单价,次均消费,单均价}|{平均,次均,笔均,"
     "单均}{消费,订单,交易,购买,每单,每笔}{金额,额,总额}|{durchschnittlicher,durchschnitts,mittlerer}{bestellwert,"
     "warenkorb,warenkorbwert,einkaufswert,bonwert}|panier moyen|montant moyen{,commande,par commande,d achat}|valeur "
     "moyenne {commande,des commandes,de commande}|ticket {medio,promedio}|{valor,importe}{medio,promedio}{pedido,del "
     "pedido,de pedido,compra,de compra,de la compra}|cesta media"},

    /* ---- last of all, since it may be anyone's */
    {TSL_ROLE_CUSTOMER, T | I, TSL__SENSE_ANYONE, NULL, "id|编号"},
    {TSL_ROLE_CUSTOMER, C, TSL__SENSE_PERSON, NULL,
     "{customer,client,full,company,account,contact}name|name|" ZH_WHO
     "{姓名,名称,简称,昵称}|姓名|名称|{kunden,firmen}name|nom{client,complet}|nombre {cliente,del cliente,"
     "completo}|razon social"},
};
#define LINES (sizeof table / sizeof *table)

const tsl__role_names *tsl__role_names_get(size_t line)
{
    return line < LINES ? &table[line] : NULL;
}

const char *tsl__role_names_next(const char *list, const char *at, size_t *length)
{
    const char *next = at ? at + *length + 1 : list;
    if (at && at[*length] == 0) {
        return NULL;
    }
    *length = strcspn(next, "|");
    return next;
}

/* The end of the text of a group that begins at p. */
static const char *find_end(const char *p)
{
    return p + strcspn(p, ",}");
}

int tsl__role_names_expand(const char *name, size_t length, size_t i, char *out, size_t size)
{
    size_t at = 0;
    for (const char *p = name; p < name + length && at + 1 < size;) {
        if (*p != '{') {
            out[at++] = *p++;
            continue;
        }
        const char *close = strchr(p, '}');
        size_t texts = 1;
        for (const char *c = p; c < close; c++) {
            texts += *c == ',';
        }
        const char *text = p + 1;
        for (size_t skip = i % texts; skip; skip--) {
            text = find_end(text) + 1;
        }
        i /= texts;
        size_t n = (size_t)(find_end(text) - text);
        if (n && at && out[at - 1] != ' ' && (unsigned char)*text < 0x80) {
            out[at++] = ' ';
        }
        n = n < size - at - 1 ? n : size - at - 1;
        memcpy(out + at, text, n);
        at += n;
        p = close + 1;
        if (n && p < name + length && *p != ' ' && (unsigned char)*p < 0x80 && at + 1 < size) {
            out[at++] = ' ';
        }
    }
    while (at && out[at - 1] == ' ') {
        at--;
    }
    out[at] = 0;
    return i == 0;
}

/* Behind what of `folded` is [p, end), spaces left out; NULL where it begins otherwise. */
static const char *skip_text(const char *folded, const char *p, const char *end)
{
    for (; p < end; p++) {
        if (*p != ' ' && *folded++ != *p) {
            return NULL;
        }
    }
    return folded;
}

/* Is the folded name one of those that [name, end) stands for? */
static int is_called(const char *folded, const char *name, const char *end)
{
    const char *group = memchr(name, '{', (size_t)(end - name));
    folded = skip_text(folded, name, group ? group : end);
    if (!folded || !group) {
        return folded && *folded == 0;
    }
    const char *close = strchr(group, '}');
    for (const char *text = group + 1; text <= close; text = find_end(text) + 1) {
        const char *rest = skip_text(folded, text, find_end(text));
        if (rest && is_called(rest, close + 1, end)) {
            return 1;
        }
    }
    return 0;
}

/* Is one of the names, written like a list of the table, among the folded ones? */
static int has_name(const char *const *folded, size_t count, const char *list)
{
    size_t length = 0;
    for (const char *p = tsl__role_names_next(list, NULL, &length); p; p = tsl__role_names_next(list, p, &length)) {
        for (size_t i = 0; i < count; i++) {
            if (is_called(folded[i], p, p + length)) {
                return 1;
            }
        }
    }
    return 0;
}

size_t tsl__role_find(tsl_role role, tsl_table_kind kind, const char *const *folded, size_t count, const char *taken,
                      tsl__name_sense *sense)
{
    for (const tsl__role_names *n = table; n < table + LINES; n++) {
        if (n->role != role || !(n->kinds & TSL__IN(kind)) || (n->beside && !has_name(folded, count, n->beside))) {
            continue;
        }
        *sense = n->sense;
        size_t length = 0;
        for (const char *p = tsl__role_names_next(n->list, NULL, &length); p;
             p = tsl__role_names_next(n->list, p, &length)) {
            for (size_t i = 0; i < count; i++) {
                if (!(taken && taken[i]) && is_called(folded[i], p, p + length)) {
                    return i;
                }
            }
        }
    }
    return count;
}

#define SHORTEST_GUESS 6 /* letters of a name: shorter ones come near too many */
#define GUESS_BYTES 128

/* Takes the text for meant where it comes nearer to the folded name than best does. */
static void take_nearer(const char *folded, const char *text, char best[GUESS_BYTES], char *meant, size_t size)
{
    char wanted[GUESS_BYTES];
    const char *const both[] = {best, wanted}; /* the nearer one of the two is found */
    tsl__name_fold(text, wanted, sizeof wanted);
    int alike = strlen(wanted) >= SHORTEST_GUESS && *wanted == *folded; /* the first letter is seldom wrong */
    if (alike && tsl__nearest_get(folded, both, 2) == wanted) {
        memcpy(best, wanted, sizeof wanted);
        snprintf(meant, size, "%s", text);
    }
}

int tsl__role_guess(tsl_role role, tsl_table_kind kind, const char *column, char *meant, size_t size)
{
    char folded[GUESS_BYTES], best[GUESS_BYTES] = "", text[GUESS_BYTES];
    tsl__name_fold(column, folded, sizeof folded);
    for (const tsl__role_names *n = table; n < table + LINES && strlen(folded) >= SHORTEST_GUESS; n++) {
        size_t length = 0;
        if (n->role != role || !(n->kinds & TSL__IN(kind)) || n->beside) {
            continue;
        }
        for (const char *p = tsl__role_names_next(n->list, NULL, &length); p;
             p = tsl__role_names_next(n->list, p, &length)) {
            for (size_t i = 0; tsl__role_names_expand(p, length, i, text, sizeof text); i++) {
                take_nearer(folded, text, best, meant, size);
            }
        }
    }
    return *best != 0;
}

int tsl__role_is_header(const tsl__span *field, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        char text[100], folded[100];
        tsl__name_sense sense;
        const char *const one[] = {folded};
        if (field[i].n == 0 || field[i].n >= sizeof text) {
            continue;
        }
        snprintf(text, sizeof text, "%.*s", (int)field[i].n, field[i].s);
        tsl__name_fold(text, folded, sizeof folded);
        for (int kind = 0; kind < TSL_TABLE_KINDS; kind++) {
            if (tsl__role_find(TSL_ROLE_CUSTOMER, (tsl_table_kind)kind, one, 1, NULL, &sense) == 0) {
                return 1;
            }
        }
    }
    return 0;
}
