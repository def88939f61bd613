"""The people of the journeys, each in one role."""

from domain.people import Actor, Role

SUBJECT = "c_customer"
CUSTOMER = Actor(SUBJECT, Role.CUSTOMER)
SHOP_SYSTEM = Actor("p_shop", Role.INTEGRATION, "Shop system")
AGENT = Actor("p_agent", Role.AGENT, "Lin")
SUPERVISOR = Actor("p_supervisor", Role.SUPERVISOR, "Wu")
MANAGER = Actor("p_manager", Role.CENTRE_MANAGER, "Zhou")
WAREHOUSE = Actor("p_warehouse", Role.WAREHOUSE, "Zhao")
FINANCE = Actor("p_finance", Role.FINANCE, "Qian")
CALLER = Actor("p_caller", Role.CALL_BACK, "He")
LABEL_DESK = Actor("p_label_desk", Role.LABEL_DESK, "Ma")
PRE_SALES = Actor("p_pre_sales", Role.PRE_SALES, "Tan")
LOGISTICS = Actor("p_logistics", Role.LOGISTICS, "Sun")
TECHNICIAN = Actor("p_technician", Role.DEPARTMENT, "Dai")
CARRIER_DESK = Actor("p_delivery", Role.DEPARTMENT, "Ning")
